import type {Disposition} from '../model/annotation.js';
import type {DecisionScope} from '../model/decision.js';
import {summaryLine} from '../text/labels.js';
import type {CopyChoice} from './copying.js';
import type {Filing} from './outside.js';

/** Themes that come with the program; `auto` and `colour-blind` follow the terminal's background. */
export const shippedThemes = ['auto', 'dark', 'light', 'high-contrast', 'colour-blind', 'terminal'] as const;
export type ShippedTheme = (typeof shippedThemes)[number];

/** Every column, in the order in which keys step through them. */
export const sessionOrders = [
	'newest',
	'active',
	'title',
	'folder',
	'branch',
	'model',
	'prompts',
	'duration',
	'tokens',
	'redactions',
] as const;
export type SessionOrder = (typeof sessionOrders)[number];

export type MenuId =
	| 'theme'
	| 'order'
	| 'disposition'
	| 'scope'
	| 'redactReason'
	| 'allowReason'
	| 'copy'
	| 'code'
	| 'filing'
	| 'log'
	| 'resume'
	| 'reportScope'
	| 'reportFormat'
	| 'reportMode'
	| 'reportCap'
	| 'reportReplace';

export type ReportScope = 'event' | 'prompt' | 'session' | 'marked' | 'listed';

/** As the command `report` calls them. */
export type ReportFormatName = 'md' | 'html' | 'json' | 'csv';
export type ReportModeName = 'prompts' | 'answers' | 'actions' | 'usage' | 'full';

/** Asks for a number to be typed. */
export const otherCap = 'other';
export type ReportCap = '1000' | '4000' | '20000' | 'none' | typeof otherCap;

/** Asks for a reason to be typed. */
export const otherReason = '…';

/** A short choice: value and what people read. */
export type Menu = {title: string; items: readonly {value: string; label: string}[]};

const menus: Record<MenuId, Menu> = {
	theme: {
		title: 'Colours',
		items: [
			{value: 'auto', label: 'Automatic'},
			{value: 'dark', label: 'Dark'},
			{value: 'light', label: 'Light'},
			{value: 'high-contrast', label: 'High contrast'},
			{value: 'colour-blind', label: 'Safe for the colour-blind'},
			{value: 'terminal', label: "The terminal's own 16 colours"},
		] satisfies {value: ShippedTheme; label: string}[],
	},
	order: {
		title: 'Order of sessions',
		items: [
			{value: 'newest', label: 'By start, newest first'},
			{value: 'active', label: 'By end, last active first'},
			{value: 'title', label: 'By title'},
			{value: 'folder', label: 'By folder, newest first within'},
			{value: 'branch', label: 'By branch'},
			{value: 'model', label: 'By model'},
			{value: 'prompts', label: 'By prompts, most first'},
			{value: 'duration', label: 'By time, longest first'},
			{value: 'tokens', label: 'By tokens, most first'},
			{value: 'redactions', label: 'By redactions, most first'},
			{value: 'reverse', label: 'The other way round'},
		] satisfies {value: SessionOrder | 'reverse'; label: string}[],
	},
	disposition: {
		title: 'What became of the prompt',
		items: [
			{value: 'followed', label: 'Followed'},
			{value: 'ignored', label: 'Ignored'},
			{value: 'needs-review', label: 'Needs review'},
			{value: 'none', label: 'Not said'},
		] satisfies {value: Disposition | 'none'; label: string}[],
	},
	scope: {
		title: 'Where?',
		items: [
			{value: 'place', label: 'Here only'},
			{value: 'session', label: 'Everywhere in this session'},
			{value: 'everywhere', label: 'Everywhere'},
		] satisfies {value: DecisionScope; label: string}[],
	},
	redactReason: {
		title: 'Why should it not be seen?',
		items: [
			{value: 'Secret', label: 'It is a secret'},
			{value: 'Personal data', label: 'It is personal data'},
			{value: 'Confidential', label: 'It is confidential: a customer, a project, a plan'},
			{value: 'Not for publication', label: 'It is not for publication'},
			{value: otherReason, label: 'Another reason …'},
		],
	},
	allowReason: {
		title: 'Why may it be seen?',
		items: [
			{value: 'False alarm', label: 'It is no secret'},
			{value: 'Example value', label: 'It is an example'},
			{value: 'Test data', label: 'It is test data'},
			{value: 'Public', label: 'It is public'},
			{value: 'No longer valid', label: 'It is no longer valid'},
			{value: otherReason, label: 'Another reason …'},
		],
	},
	copy: {
		title: 'Copy, redacted',
		items: [
			{value: 'event', label: 'Event'},
			{value: 'prompt', label: 'Prompt, as it was typed'},
			{value: 'answer', label: 'Answer, as it was written'},
			{value: 'answers', label: 'Exchange: prompt and answers'},
			{value: 'actions', label: 'Exchange with tool calls'},
			{value: 'full', label: 'Exchange in full'},
			{value: 'code', label: 'Code block of the event'},
			{value: 'command', label: 'Command'},
			{value: 'diff', label: 'Diff'},
			{value: 'session-id', label: 'Session id'},
			{value: 'resume', label: 'Command that resumes the session'},
			{value: 'path', label: 'Path of the log'},
		] satisfies {value: CopyChoice; label: string}[],
	},
	code: {title: 'Code to copy', items: []},
	filing: {
		title: 'What Codex is to do with the session',
		items: [
			{value: 'archive', label: 'Archive it: out of its lists, and can be brought back'},
			{value: 'unarchive', label: 'Bring it back from its archive'},
			{value: 'delete', label: 'Delete it'},
		] satisfies {value: Filing; label: string}[],
	},
	log: {
		title: 'The log as it is: nothing is redacted',
		items: [
			{value: 'open', label: 'Open a copy of it'},
			{value: 'leave', label: 'Leave it'},
		],
	},
	resume: {
		title: 'Maybe open in another Codex: two would write to one log',
		items: [
			{value: 'leave', label: 'Leave it'},
			{value: 'resume', label: 'Go on with it all the same'},
		],
	},
	reportScope: {
		title: 'Report on',
		items: [
			{value: 'event', label: 'This event'},
			{value: 'prompt', label: 'This prompt'},
			{value: 'session', label: 'This session'},
			{value: 'marked', label: 'The marked sessions'},
			{value: 'listed', label: 'Everything that the filter of the sessions shows'},
		] satisfies {value: ReportScope; label: string}[],
	},
	reportFormat: {
		title: 'Report as',
		items: [
			{value: 'md', label: 'Markdown'},
			{value: 'html', label: 'HTML, one page'},
			{value: 'json', label: 'JSON'},
			{value: 'csv', label: 'CSV, a folder of tables'},
		] satisfies {value: ReportFormatName; label: string}[],
	},
	reportMode: {
		title: 'What the report tells',
		items: [
			{value: 'prompts', label: 'Prompts only'},
			{value: 'answers', label: 'Prompts and answers'},
			{value: 'actions', label: 'With actions and reasoning'},
			{value: 'usage', label: 'Tokens and costs'},
			{value: 'full', label: 'Everything that the logs hold'},
		] satisfies {value: ReportModeName; label: string}[],
	},
	reportCap: {
		title: 'How much of each output, argument and diff',
		items: [
			{value: '1000', label: 'Up to 1,000 characters'},
			{value: '4000', label: 'Up to 4,000 characters'},
			{value: '20000', label: 'Up to 20,000 characters'},
			{value: 'none', label: 'All of it'},
			{value: otherCap, label: 'Another number of characters …'},
		] satisfies {value: ReportCap; label: string}[],
	},
	reportReplace: {
		title: 'Something of that name is there already',
		items: [
			{value: 'leave', label: 'Choose another name'},
			{value: 'replace', label: 'Replace it'},
		],
	},
};

/** A menu with what is not known before: themes of a person's own, code of an event. */
export const menuOf = (
	menu: MenuId,
	{ownThemes, codeBlocks = []}: {ownThemes: readonly string[]; codeBlocks?: readonly string[]},
): Menu => {
	const {title, items} = menus[menu];
	const own =
		menu === 'theme'
			? ownThemes.map(name => ({value: name, label: name}))
			: menu === 'code'
				? codeBlocks.map((code, index) => ({value: String(index), label: summaryLine(code, 70)}))
				: [];
	return {title, items: [...items, ...own]};
};
