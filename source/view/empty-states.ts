import {exactCountLabel} from '../text/labels.js';
import type {ListId} from './layout.js';

export type ListCondition = {
	/** Rows before the filter, those left out not among them. */
	total: number;
	/** Rows left out until the key is pressed. */
	hidden: number;
	hiddenKey: string;
	filter: string;
	/** Clears the filter. */
	clearKey: string;
	isLoading: boolean;
	/** Log files are still being looked for or read. */
	isIngesting: boolean;
	/** Why reading ended early. */
	failure: string | undefined;
	/** Folder that sessions are looked for in. */
	home: string;
	/** Whether the list before this one has a selected row. */
	hasParent: boolean;
};

const noSessions = (home: string): string[] => [
	`No sessions found in ${home}.`,
	'',
	'Point to another folder or file with',
	'--sessions PATH, or run Codex once.',
];

const count = exactCountLabel;

/** Why a list is empty although there are rows. */
const hiddenWords: Record<ListId, (hidden: number) => string> = {
	sessions: hidden =>
		hidden === 1 ? 'The only session here is automation.' : `All ${count(hidden)} sessions here are automation.`,
	prompts: hidden =>
		hidden === 1
			? 'The only prompt here was rolled back or inherited.'
			: `All ${count(hidden)} prompts here were rolled back or inherited.`,
	events: hidden =>
		hidden === 1 ? 'The only event here is technical.' : `All ${count(hidden)} events here are technical.`,
};

/** What an empty list says: why it is empty, and what to do. One string per line. */
export const emptyText = (list: ListId, condition: ListCondition): string[] => {
	if (condition.isLoading) {
		return ['Loading…'];
	}

	const {filter, clearKey, total, hidden, hiddenKey} = condition;
	if (filter !== '' && total > 0) {
		const also =
			hidden > 0
				? [`${count(hidden)} ${hidden === 1 ? 'is' : 'are'} hidden and not searched: ${hiddenKey} shows more.`]
				: [];
		return [`Nothing matches "${filter}".`, '', `${clearKey} clears the filter.`, ...also];
	}

	if (hidden > 0) {
		return [hiddenWords[list](hidden), '', `Press ${hiddenKey} to show ${hidden === 1 ? 'it' : 'them'}.`];
	}

	if (list === 'sessions' && condition.failure !== undefined) {
		return [condition.failure];
	}

	if (list === 'sessions') {
		return condition.isIngesting ? [`Reading sessions from ${condition.home}…`] : noSessions(condition.home);
	}

	if (!condition.hasParent) {
		return [list === 'prompts' ? 'No session selected.' : 'No prompt selected.'];
	}

	return list === 'prompts'
		? ['This session holds no prompts', 'and nothing before them.']
		: ['Nothing was recorded here.'];
};
