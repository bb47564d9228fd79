/** A flag as help, checks and parsing see it. */
export type FlagRow = {
	name: string;
	short?: string;
	/** Word for the value in help; absent for a switch. */
	value?: string;
	/** All values that there are, for completions. */
	choices?: readonly string[];
	/** The value is a whole number from 1 on. */
	isCount?: true;
	/** May be given several times. */
	isList?: true;
	doc: string;
};

export type CommandRow = {
	/** One word, or two where a command has actions: `redactions scan`. */
	name: string;
	/** Word for the argument in help; `[…]` when it may be left out. */
	argument?: string;
	/** All that the argument may be, for completions. */
	choices?: readonly string[];
	/** Word for what may follow the argument, any number of words. */
	rest?: string;
	/** Words of `rest` may begin with a minus. */
	takesMinus?: true;
	/** The argument may be several words. */
	takesWords?: true;
	summary: string;
	details?: string;
	flags: readonly FlagRow[];
};

/** Flags that work with every command. */
export const commonFlags: readonly FlagRow[] = [
	{name: 'codex-home', value: 'FOLDER', doc: 'Codex home to read (default: $CODEX_HOME, else ~/.codex)'},
	{name: 'sessions', value: 'PATH', doc: 'Any folder or single file with session logs, instead of a Codex home'},
	{name: 'database', value: 'FILE', doc: 'Database to use (default: $CODEX_TUI_DATABASE, else the data folder)'},
	{name: 'config', value: 'FILE', doc: 'Config file to use'},
	{name: 'help', short: 'h', doc: 'Show this help'},
];

/** Flags that the explorer takes beside those. */
export const explorerFlags: readonly FlagRow[] = [
	{name: 'screen-reader', doc: 'In the explorer: print what is selected line by line, for screen readers'},
];

export const versionFlag: FlagRow = {name: 'version', doc: 'Show the version'};

const noRedact: FlagRow = {
	name: 'no-redact',
	doc: 'Print secrets and personal data as they are',
};
const json: FlagRow = {name: 'json', doc: 'Print JSON, see docs/json.md'};
const rules: FlagRow = {
	name: 'rules',
	value: 'FILE',
	isList: true,
	doc: 'Rules of your own as well: redactions in YAML or JSON, or the TOML of gitleaks; may be given several times',
};
const ruleFiles =
	'Rules are the built-in ones and those of redactions.yml and .gitleaks.toml in your config folder (or user/ of a checkout).';
const reference = 'SESSION is an id, its unique beginning, the path of a log, or "last".';

export const commandRows: readonly CommandRow[] = [
	{
		name: 'ingest',
		summary: 'Read new and changed logs into the database',
		flags: [
			{name: 'limit', value: 'N', isCount: true, doc: 'Read at most N files, the newest first'},
			{name: 'session', value: 'FILE', doc: 'Read this log only'},
			{name: 'findings', doc: 'Also look for secrets now, which the explorer does when it has nothing else to do'},
			{name: 'debug', doc: 'Like --verbose --limit 2'},
			{name: 'verbose', doc: 'Name the database and every line that could not be read'},
			json,
		],
	},
	{
		name: 'sessions',
		summary: 'List sessions, the newest first',
		flags: [noRedact, json],
	},
	{
		name: 'show',
		argument: 'SESSION',
		summary: 'Show a session: what it is, its prompts and answers',
		details: reference,
		flags: [noRedact, json],
	},
	{
		name: 'tag',
		argument: 'SESSION',
		rest: '[+TAG|-TAG …]',
		takesMinus: true,
		summary: 'Add tags to a session, take them away, and list them',
		details: `${reference}\nA tag has letters, digits and - _ . /, at most 40. Capitals are kept, but make no difference.`,
		flags: [],
	},
	{
		name: 'note',
		argument: 'SESSION',
		rest: '[TEXT]',
		summary: 'Write a note to a session, and print it',
		details: `${reference}\nAn empty TEXT ("") takes the note away.`,
		flags: [],
	},
	{
		name: 'group',
		argument: '[SESSION]',
		summary: 'Print every event of a session, grouped by prompt (default: the last session)',
		details: reference,
		flags: [{name: 'output', short: 'o', value: 'FILE', doc: 'Write to FILE instead'}, noRedact],
	},
	{
		name: 'raw',
		argument: 'SESSION',
		summary: 'Print the lines of a log byte for byte, also when the log is gone',
		details: reference,
		flags: [{name: 'line', value: 'N', isCount: true, doc: 'Line N only'}],
	},
	{
		name: 'search',
		argument: 'QUERY',
		takesWords: true,
		summary: 'Find words and filters in everything: prompts, answers, commands, outputs, titles',
		details:
			'QUERY is what is typed into the search box: words, "phrases", AND, OR, NOT, beginnings*, and filters such as\n' +
			'tool:apply_patch or after:7d; docs/search.md has them all. Put it in quotes when it has any - or ( in it.',
		flags: [
			{name: 'limit', value: 'N', isCount: true, doc: 'Show N hits (default: 50)'},
			{name: 'order', value: 'ORDER', choices: ['newest', 'best'], doc: 'newest or best first (default: newest)'},
			{name: 'inside-words', doc: 'Also look inside of words, by reading all logs'},
			noRedact,
			json,
		],
	},
	{
		name: 'usage',
		summary: 'Sum up tokens and what they cost',
		details:
			"DAY is a day such as 2026-01-31, today, yesterday, 7d or 4w (days or weeks ago), on this computer's clock.\n" +
			'Cost is that of the API at list prices. Your own prices go into prices.toml, see user/prices.example.toml.',
		flags: [
			{
				name: 'by',
				value: 'WHAT',
				choices: ['day', 'week', 'month', 'model', 'repo', 'session'],
				doc: 'One row per day, week, month, model, repo or session (default: day)',
			},
			{name: 'since', value: 'DAY', doc: 'From this day on'},
			{name: 'until', value: 'DAY', doc: 'To the end of this day'},
			{name: 'repo', value: 'TEXT', doc: 'Only repositories (or folders) with TEXT in their name'},
			{name: 'model', value: 'NAME', doc: 'Only this model'},
			noRedact,
			json,
		],
	},
	{
		name: 'report',
		argument: '[SCOPE]',
		rest: '[…]',
		summary: 'Write a report that may be given away: Markdown, HTML, JSON or CSV (default: of all sessions)',
		details:
			`SCOPE is a session, a prompt of one (SESSION#2) or an event (SESSION:118, by its line). ${reference}\n` +
			'DAY is a day such as 2026-01-31, today, yesterday, 7d or 4w (days or weeks ago). MODE is prompts, answers (prompts and\n' +
			'answers), actions (also what was done, and why), usage (tokens and costs) or full. docs/reports.md tells more.\n' +
			'Exit code 3, and no file, when the finished text holds what looks like a secret or personal data.',
		flags: [
			{name: 'output', short: 'o', value: 'FILE', doc: 'Write to FILE instead of standard output; a folder for csv'},
			{name: 'format', value: 'FORMAT', doc: 'md, html, json or csv (default: by the ending of FILE, else md)'},
			{name: 'mode', value: 'MODE', doc: 'How much to tell (default: actions)'},
			{name: 'session', value: 'SCOPE', isList: true, doc: 'The same as SCOPE; may be given several times'},
			{name: 'query', value: 'QUERY', doc: 'What this filter shows, as in the search box: repo:shop after:7d'},
			{name: 'tag', value: 'TAG', isList: true, doc: 'Sessions with this tag; may be given several times'},
			{name: 'repo', value: 'TEXT', doc: 'Only repositories (or folders) with TEXT in their name'},
			{name: 'since', value: 'DAY', doc: 'From this day on'},
			{name: 'until', value: 'DAY', doc: 'To the end of this day'},
			{name: 'cap', value: 'N', doc: 'At most N characters of each output, or none for no limit (default: 4000)'},
			{name: 'automation', doc: 'Also sub-agents, reviews and other sessions that no person began'},
			{name: 'inherited', doc: 'Also prompts that a fork copied from its parent'},
			{name: 'reproducible', doc: 'The same bytes for the same logs on any machine: no clock, UTC, no paths of logs'},
			{name: 'preview', doc: 'Only the beginning, to standard output, to look at: it is not noted in the audit trail'},
			{name: 'force', doc: 'Replace what is there already'},
		],
	},
	{
		name: 'sizes',
		argument: '[SESSION]',
		summary: 'Tell what eats the disk: bytes of logs by kind or by session, and of the databases',
		details:
			`${reference}\n` +
			'Counted are the bytes of the logs as they are now, decompressed, and of logs that are gone as they were last.',
		flags: [
			{
				name: 'by',
				value: 'WHAT',
				choices: ['kind', 'session'],
				doc: 'One row per kind (messages, tool output, images, …) or session (default: kind)',
			},
			{name: 'limit', value: 'N', isCount: true, doc: 'Show the N largest (default: 20, in JSON all)'},
			noRedact,
			json,
		],
	},
	{
		name: 'doctor',
		summary: 'Check logs and databases: what Codex does not list, what changed, what could not be read',
		details:
			'Exit code 0 when the databases are sound and every file was read, else 1.\n' +
			'--repair reads all logs again, those that are gone from the archive. The archive itself is never changed by it.',
		flags: [{name: 'repair', doc: 'Derive everything anew first; a damaged index is moved aside'}, noRedact, json],
	},
	{
		name: 'redactions filter',
		summary: 'Copy standard input to standard output with placeholders for secrets and personal data',
		details:
			`${ruleFiles}\n` +
			'With --json every line is a JSON string, and is answered with one before the next is needed. Of databases,\n' +
			'only what you decided to redact or allow everywhere is read.',
		flags: [
			rules,
			{name: 'secrets-only', doc: 'Leave personal data, redact secrets and what your own rules find'},
			{name: 'json', doc: 'One JSON string per line in, one out'},
		],
	},
	{
		name: 'redactions scan',
		argument: '[SESSION|FILE]',
		rest: '[…]',
		summary: 'Tell where secrets and personal data stand in sessions or other files (default: in all sessions)',
		details: `${reference} FILE is any other file of text.\n${ruleFiles}\nExit code 3 when anything is found, 0 when nothing. Values are never shown.`,
		flags: [rules, {name: 'secrets-only', doc: 'No personal data: secrets and what your own rules find'}, json],
	},
	{
		name: 'redactions test',
		argument: 'RULEFILE',
		summary: 'Try a file of rules on all sessions: what each rule finds, and where',
		details: 'Only the rules of this file are used, and nothing is changed.',
		flags: [json],
	},
	{
		name: 'redactions add',
		argument: 'SESSION',
		rest: '[TEXT]',
		summary: 'Decide about a single text: redact what no rule finds, or show what one finds wrongly',
		details:
			`${reference} TEXT is what is meant; - reads it from standard input, so that it does not stay in the history of your shell.\n` +
			'Without TEXT it is all of the field on that line. Scopes are place (where it stands now), session (also in forks) and everywhere.\n' +
			'A decision overrules all rules, and a narrower one a wider one. The text is kept sealed; lists never show it.',
		flags: [
			{name: 'line', value: 'N', isCount: true, doc: 'The place on line N of the log, as scan prints it'},
			{name: 'field', value: 'FIELD', doc: 'The place in this field, as scan prints it'},
			{
				name: 'scope',
				value: 'SCOPE',
				doc: 'place, session or everywhere (default: place with --line or --field, else session)',
			},
			{name: 'reason', value: 'TEXT', doc: 'Why; needed'},
			{name: 'replacement', value: 'TEXT', doc: 'What stands in its place (default: a numbered placeholder)'},
			{name: 'allow', doc: 'Show it, although a rule finds it'},
		],
	},
	{
		name: 'redactions remove',
		argument: 'ID',
		summary: 'Take a decision back; list has the numbers',
		flags: [],
	},
	{
		name: 'redactions confirm',
		argument: 'ID',
		summary: 'Say that the text of a decision about one place may be gone, so that its session can be exported',
		flags: [],
	},
	{
		name: 'redactions undo',
		summary: 'Take back the newest change of decisions; once more, the one before',
		flags: [],
	},
	{
		name: 'redactions audit',
		summary: 'Tell who decided, revealed, exported or forgot what, and when',
		details:
			'Every entry holds the hash of the one before. Exit code 1 when the trail is not what was written, and where.',
		flags: [json],
	},
	{
		name: 'redactions list',
		summary: 'List decisions, with who and why, and the rules in force, with the class and the file of each',
		details: ruleFiles,
		flags: [rules, {name: 'secrets-only', doc: 'As the other commands have them with personal data left out'}, json],
	},
	{
		name: 'backup',
		argument: 'FILE',
		summary: 'Copy everything that cannot be made again, also while codex-tui runs',
		details:
			'FILE is a copy of the archive: every line of every log, those that are gone or were rewritten too. Your tags, notes and\n' +
			'bookmarks go to a second file beside it, NAME.annotations.db, and the key to your decisions about secrets to NAME.key. The index is not copied, as it is made anew from the archive.\n' +
			'Not in them are names of sessions and settings, which lie in files of their own. docs/backup.md tells how to put them back.',
		flags: [{name: 'force', doc: 'Replace what is there already'}],
	},
	{
		name: 'forget',
		argument: '[SESSION]',
		rest: '[…]',
		summary: 'Remove sessions from the databases for good, with their words, raw lines, images and annotations',
		details:
			`${reference} DAY is a day such as 2026-01-31, today, yesterday, 7d or 4w (days or weeks ago).\n` +
			'The logs themselves stay where they are, but are not read again. Every database is written anew, as by vacuum; no other\n' +
			'codex-tui may be open. docs/security.md tells what this does not reach.',
		flags: [
			{name: 'before', value: 'DAY', doc: 'All sessions that ended before this day'},
			{name: 'dry-run', doc: 'Only tell what would go, and what else has some of it'},
			{name: 'yes', doc: 'Do it'},
			{name: 'list', doc: 'List what was forgotten'},
			{name: 'undo', value: 'ID', doc: 'Let a forgotten session be read again'},
		],
	},
	{
		name: 'completions',
		argument: 'SHELL',
		choices: ['bash', 'zsh', 'fish'],
		summary: 'Print completions of commands and flags for bash, zsh or fish',
		details:
			'bash: source <(codex-tui completions bash), in ~/.bashrc\n' +
			'zsh:  source <(codex-tui completions zsh), in ~/.zshrc after compinit\n' +
			'fish: codex-tui completions fish > ~/.config/fish/completions/codex-tui.fish',
		flags: [],
	},
	{
		name: 'vacuum',
		summary: 'Give back the room that deleted rows left in the databases',
		details:
			'Every database is written anew, for which as much room again must be free for a moment, twice that where\n' +
			'temporary files lie on the same disk. No other codex-tui may be open.',
		flags: [],
	},
];
