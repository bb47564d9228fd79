import {dateTimeLabel, exactCountLabel, summaryLine} from '../text/labels.js';
import {plainPath} from '../text/paths.js';
import {plainText} from '../text/sanitize.js';
import {
	type CodexComparison,
	type HiddenReason,
	type HiddenSession,
	hiddenReasons,
	type MissingThread,
} from './codex-list.js';
import type {DoctorReport} from './doctor-report.js';
import {counted, firstRows} from './doctor-rows.js';

const reasonWords: Record<HiddenReason, string> = {
	'old-format': 'Written by a release of 2025, in a format that Codex no longer opens',
	automation: 'Sub-agents, reviews and other automation, which its list leaves out',
	archived: 'Archived, which its list leaves out',
	'non-interactive': 'Run by codex exec or another program; codex resume --include-non-interactive lists more of them',
	'no-prompt': 'Without a prompt to be listed by',
	'not-listed': 'Not in its database',
	'other-file': 'Its database looks for another file',
	compressed: 'Compressed, so that only Codex from 0.137 on shows them',
};

/** What Codex's own list does not show, and what it shows in vain. */
export const listLines = (report: DoctorReport): string[] => {
	const {home, comparison} = report;
	if (home === null) {
		return ["Codex's own list", '  Not compared: these logs belong to no Codex home.'];
	}

	return [
		"Sessions that Codex's own list does not show",
		`  ${sourceWords(report)}`,
		...homeNote(report),
		...hiddenLines(comparison),
		...(report.list.threads === null
			? []
			: ['  Of those it shows, codex resume without --all offers only the ones of the folder at hand.']),
		'',
		"Threads in Codex's list whose log is gone",
		...missingLines(report),
	];
};

const hiddenLines = ({sessions, hidden}: CodexComparison): string[] => {
	if (hidden.length > 0) {
		return [`  ${exactCountLabel(hidden.length)} of ${counted(sessions, 'session')} on disk:`, ...groups(hidden)];
	}

	return [sessions === 0 ? '  There are no sessions on disk.' : `  None of ${counted(sessions, 'session')} on disk.`];
};

const missingLines = ({list, comparison: {missing}}: DoctorReport): string[] => {
	if (missing.length > 0) {
		return firstRows(missing.map(missingRow));
	}

	return [list.threads === null ? '  There is no list to look through.' : '  None: every log that it names is there.'];
};

const sourceWords = ({home, list}: DoctorReport): string => {
	if (list.threads !== null && list.database !== null) {
		return `Compared with ${plainPath(list.database)}, which lists ${counted(list.threads.length, 'thread')}.`;
	}

	return list.database === null
		? `There is no state database in ${plainPath(home ?? '')} (releases from 0.105 on keep one), so the logs alone tell.`
		: `${plainPath(list.database)} could not be read${list.failure === null ? '' : ` (${summaryLine(list.failure)})`}, so the logs alone tell.`;
};

const homeNote = ({home, comparison: {recordedHome}}: DoctorReport): string[] =>
	recordedHome === null
		? []
		: [`  It was written for ${plainPath(recordedHome)}; its paths are looked up below ${plainPath(home ?? '')}.`];

const groups = (hidden: readonly HiddenSession[]): string[] =>
	hiddenReasons.flatMap(reason => {
		const group = hidden.filter(({reasons}) => reasons[0] === reason);
		return group.length === 0
			? []
			: [
					`  ${reasonWords[reason]}: ${exactCountLabel(group.length)}`,
					...firstRows(group.map(hiddenRow)).map(indented),
				];
	});

const indented = (row: string): string => `  ${row}`;

const hiddenRow = ({session, reasons, recordedPath}: HiddenSession): string => {
	const {threadId, startedAt, title} = session;
	const others = reasons.slice(1);
	const also = others.length === 0 ? '' : ` (also: ${others.map(reason => alsoWords[reason]).join(', ')})`;
	const name = summaryLine(title ?? '', 60) || 'without a title';
	const place = recordedPath === null || reasons[0] !== 'other-file' ? '' : ` → ${plainPath(recordedPath)}`;
	return `  ${plainText(threadId).replaceAll('\n', ' ')}  ${dateTimeLabel(startedAt)}  ${name}${also}${place}`;
};

const alsoWords: Record<HiddenReason, string> = {
	'old-format': 'old format',
	automation: 'automation',
	archived: 'archived',
	'non-interactive': 'not interactive',
	'no-prompt': 'no prompt',
	'not-listed': 'not in its database',
	'other-file': 'its database looks for another file',
	compressed: 'compressed',
};

const missingRow = ({id, path, session}: MissingThread): string => {
	const kept =
		session === null ? 'never read here' : `kept here: ${summaryLine(session.title ?? '', 60) || 'without a title'}`;
	return `  ${plainText(id).replaceAll('\n', ' ')}  ${plainPath(path) || '(no path)'}; ${kept}`;
};
