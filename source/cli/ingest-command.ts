import fs from 'node:fs';
import path from 'node:path';
import type {RuleFolders} from '../config/read-redaction-rules.js';
import type {Settings} from '../config/settings.js';
import type {RolloutSource} from '../files/find-rollouts.js';
import type {IngestSummary} from '../ingest/ingest.js';
import type {FileOutcome} from '../ingest/ingest-file.js';
import {UserError} from '../model/problem.js';
import type {Store} from '../store/store.js';
import {bytesLabel, exactCountLabel} from '../text/labels.js';
import {plainPath} from '../text/paths.js';
import type {CommandContext} from './context.js';
import {jsonSchemaVersion} from './json-output.js';
import type {Outlet} from './outlet.js';
import type {Services} from './services.js';

export type IngestFlags = {
	limit?: number | undefined;
	session?: string | undefined;
	findings?: boolean | undefined;
	debug: boolean;
	verbose: boolean;
	json: boolean;
};

const debugFiles = 2;

type Surroundings = Pick<CommandContext, 'stdout' | 'stderr'> & {
	openStore: () => Promise<Store>;
	/** Files are named, and what is in a name may be secret too. Waits for the rules, so that it is asked only when there is a name. */
	show: Outlet['show'];
};

/** `ingest`: reads logs, then says per file and in total what came of it. Answers the exit code. */
export const ingestCommand = async (
	{stdout, stderr, openStore, show}: Surroundings,
	settings: Settings,
	flags: IngestFlags,
	ingest: Services['ingest'],
	ruleFolders: RuleFolders | undefined,
): Promise<number> => {
	const limit = flags.limit ?? (flags.debug ? debugFiles : undefined);
	const started = performance.now();
	const read = await ingest(settings.databasePath, {
		source: sourceFor(flags, settings.source),
		home: settings.codexHome,
		sqliteHome: settings.codexSqliteHome,
		batchLines: settings.batchSize,
		withTexts: true,
		...(flags.findings === true ? {withFindings: true, ...(ruleFolders && {ruleFolders})} : {}),
		onWait: () => void tellAtOnce(stderr, waitingWords),
		...(limit === undefined ? {} : {limit}),
	});
	const seconds = (performance.now() - started) / 1000;
	const summary = read.files.length + read.failures.length === 0 ? read : await show(read);
	const isVerbose = flags.verbose || flags.debug;
	if (flags.json) {
		await stdout.writeLine(JSON.stringify(ingestJson(summary), undefined, '\t'));
	} else {
		for (const file of summary.files) {
			await stdout.writeLine(fileLine(file));
		}

		await stdout.writeLine(totalsLine(summary, seconds));
	}

	if (isVerbose) {
		await stderr.writeLine(`Database: ${settings.databasePath}`);
		const store = await openStore();
		try {
			await listProblems(store, new Set(read.files.map(file => file.path)), stderr, show);
		} finally {
			await store.close();
		}
	}

	for (const {path: file, reason} of summary.failures) {
		await stderr.writeLine(`${plainPath(file)} could not be read: ${reason}.`);
	}

	return summary.failures.length > 0 && summary.files.length === 0 ? 1 : 0;
};

const waitingWords =
	'Another program is reading logs into this database. Waiting until it has finished; Ctrl+C ends the waiting.';

const tellAtOnce = async (output: CommandContext['stderr'], words: string): Promise<void> => {
	try {
		await output.writeLine(words);
		await output.flush();
	} catch {
		// Nobody listens any more; the waiting goes on.
	}
};

const sourceFor = (flags: IngestFlags, source: RolloutSource): RolloutSource => {
	if (flags.session === undefined) {
		return source;
	}

	const file = path.resolve(flags.session);
	if (!fs.existsSync(file)) {
		throw new UserError(`There is no log at ${file}. Correct the path after --session.`);
	}

	return {path: file};
};

const totalsOf = ({found, files}: IngestSummary) => {
	const sum = (count: (file: FileOutcome) => number): number => files.reduce((total, file) => total + count(file), 0);
	return {
		found,
		read: files.length,
		bytes: sum(file => file.bytes),
		lines: sum(file => file.lines),
		prompts: sum(file => file.prompts),
		toolCalls: sum(file => file.toolCalls),
		problems: sum(file => file.problems),
	};
};

const ingestJson = (summary: IngestSummary) => ({
	schema: jsonSchemaVersion,
	files: summary.files.map(({path: file, change, threadId, bytes, lines, prompts, toolCalls, problems}) => ({
		path: file,
		outcome: change,
		sessionId: threadId,
		bytes,
		lines,
		prompts,
		toolCalls,
		problems,
	})),
	failures: summary.failures,
	totals: totalsOf(summary),
});

const counted = (count: number, one: string): string => `${exactCountLabel(count)} ${count === 1 ? one : `${one}s`}`;

type Contents = Pick<FileOutcome, 'lines' | 'prompts' | 'toolCalls' | 'problems'>;

const contents = ({lines, prompts, toolCalls, problems}: Contents): string =>
	[
		counted(lines, 'line'),
		counted(prompts, 'prompt'),
		counted(toolCalls, 'tool call'),
		...(problems === 0 ? [] : [counted(problems, 'problem')]),
	].join(', ');

const fileLine = (file: FileOutcome): string =>
	`${file.change.padEnd(9)}  ${plainPath(file.path)}: ${bytesLabel(file.bytes)}, ${contents(file)}`;

const totalsLine = (summary: IngestSummary, seconds: number): string => {
	const totals = totalsOf(summary);
	const failures = summary.failures.length;
	return [
		`${counted(totals.found, 'file')} found, ${exactCountLabel(totals.read)} read`,
		failures === 0 ? '' : `, ${exactCountLabel(failures)} failed`,
		totals.read === 0 ? '' : `: ${bytesLabel(totals.bytes)}, ${contents(totals)}`,
		` (${seconds.toFixed(1)} s)`,
	].join('');
};

/** Every unreadable line of the files of this run. */
const listProblems = async (
	store: Store,
	files: ReadonlySet<string>,
	output: CommandContext['stderr'],
	show: Outlet['show'],
): Promise<void> => {
	for await (const problem of store.problems()) {
		if (files.has(problem.path)) {
			const {path: file, line, offset, length, reason} = await show(problem);
			await output.writeLine(`${plainPath(file)}:${line}: ${reason} (${counted(length, 'byte')} at ${offset})`);
		}
	}
};
