import type {ListId} from './layout.js';

export type ListCondition = {
	/** Rows before filter and hiding. */
	total: number;
	filter: string;
	isLoading: boolean;
	/** Log files are still being looked for or read. */
	isIngesting: boolean;
	/** Folder that sessions are looked for in. */
	home: string;
	hidesTechnical: boolean;
	/** Whether the list before this one has a selected row. */
	hasParent: boolean;
};

const noSessions = (home: string): string[] => [
	`No sessions found in ${home}.`,
	'',
	'Point to another folder or file with',
	'--sessions PATH, or run Codex once.',
];

/** What an empty list says: why it is empty, and what to do. One string per line. */
export const emptyText = (list: ListId, condition: ListCondition): string[] => {
	if (condition.isLoading) {
		return ['Loading…'];
	}

	if (condition.filter !== '' && condition.total > 0) {
		return [`Nothing matches "${condition.filter}".`, '', 'Esc clears the filter.'];
	}

	if (list === 'sessions') {
		return condition.isIngesting ? [`Reading sessions from ${condition.home}…`] : noSessions(condition.home);
	}

	if (!condition.hasParent) {
		return [list === 'prompts' ? 'No session selected.' : 'No prompt selected.'];
	}

	if (list === 'events' && condition.hidesTechnical && condition.total > 0) {
		return [`All ${condition.total} events here are technical.`, '', 'Press z to show them.'];
	}

	return list === 'prompts'
		? ['This session holds no prompts', 'and nothing before them.']
		: ['Nothing was recorded here.'];
};
