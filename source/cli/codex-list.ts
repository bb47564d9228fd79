import fs from 'node:fs';
import path from 'node:path';
import {type CodexList, type CodexThread, findRecorded, splitRecordedPath} from '../files/codex-threads.js';
import {withoutZst} from '../files/rollout-name.js';
import type {SessionSummary} from '../model/session.js';
import type {LogHealth} from '../store/health.js';

/** Why Codex's own list does not show a session; the first that holds tells the most. */
export const hiddenReasons = [
	'old-format',
	'automation',
	'archived',
	'non-interactive',
	'no-prompt',
	'not-listed',
	'other-file',
	'compressed',
] as const;

export type HiddenReason = (typeof hiddenReasons)[number];

/** A session on disk that Codex's own list does not show. */
export type HiddenSession = {
	session: SessionSummary;
	/** All that hold, in the order of `hiddenReasons`. */
	reasons: HiddenReason[];
	/** Its logs on disk. */
	files: string[];
	/** Where Codex looks for it instead; only for `other-file`. */
	recordedPath: string | null;
};

/** A thread that Codex lists although its log is gone. */
export type MissingThread = {id: string; path: string; session: SessionSummary | null};

export type CodexComparison = {
	/** Sessions with a log in the Codex home. */
	sessions: number;
	hidden: HiddenSession[];
	missing: MissingThread[];
	/** Home that the list was written for, where that is another one than now. */
	recordedHome: string | null;
};

export type SessionLogs = {session: SessionSummary; logs: readonly LogHealth[]};

/** Holds what lies on disk against what Codex lists; without a list, against what it would leave out anyway. */
export const compareWithCodex = (
	home: string,
	known: readonly SessionLogs[],
	{threads}: Pick<CodexList, 'threads'>,
): CodexComparison => {
	const byId = new Map((threads ?? []).map(thread => [thread.id, thread]));
	const onDisk = known.flatMap(({session, logs}) => {
		const files = logs.filter(log => !log.isGone && isLogOf(home, log));
		return files.length === 0 ? [] : [{session, logs: files}];
	});
	const hidden = onDisk.flatMap(({session, logs}): HiddenSession[] => {
		const thread = byId.get(session.threadId);
		const isOther = thread !== undefined && isOtherFile(home, thread, logs);
		const holds = reasonsOf(session, logs, thread, threads !== null, isOther);
		const reasons = hiddenReasons.filter(reason => holds[reason]);
		const files = logs.map(log => log.path);
		return reasons.length === 0 ? [] : [{session, reasons, files, recordedPath: isOther ? thread.rolloutPath : null}];
	});
	const there = new Set(onDisk.map(({session}) => session.threadId));
	const sessions = new Map(known.map(({session}) => [session.threadId, session]));
	const missing = (threads ?? []).flatMap(({id, rolloutPath}): MissingThread[] =>
		there.has(id) || (rolloutPath !== null && findRecorded(home, rolloutPath) !== undefined)
			? []
			: [{id, path: rolloutPath ?? '', session: sessions.get(id) ?? null}],
	);
	return {sessions: onDisk.length, hidden, missing, recordedHome: otherHome(home, threads ?? [])};
};

const isLogOf = (home: string, {path: file, container}: LogHealth): boolean =>
	container !== 'history' &&
	['sessions', 'archived_sessions'].some(folder => file.startsWith(path.join(home, folder) + path.sep));

const reasonsOf = (
	session: SessionSummary,
	logs: readonly LogHealth[],
	thread: CodexThread | undefined,
	hasList: boolean,
	isOther: boolean,
): Record<HiddenReason, boolean> => {
	const source = thread?.source ?? null;
	const isAutomation = !['main', 'fork'].includes(session.kind) || /^\{\s*"(?:subagent|internal)"/.test(source ?? '');
	return {
		'old-format': logs.every(({era}) => era === 'document' || era === 'bare'),
		automation: isAutomation,
		archived: thread?.archived ?? session.archived,
		'non-interactive':
			!isAutomation && (source === null ? session.originator === 'codex_exec' : !['cli', 'vscode'].includes(source)),
		'no-prompt': !(thread?.hasPrompt ?? session.promptCount > 0),
		'not-listed': hasList && thread === undefined,
		'other-file': isOther,
		// What is listed although it is compressed is listed by a release that opens it.
		compressed: thread === undefined && logs.every(({container}) => container === 'jsonl.zst'),
	};
};

const fileKey = (file: string): string => withoutZst(file.split(/[\\/]/).at(-1) ?? '');

const isOtherFile = (home: string, {rolloutPath}: CodexThread, logs: readonly LogHealth[]): boolean =>
	rolloutPath !== null &&
	(findRecorded(home, rolloutPath) === undefined || !logs.some(log => fileKey(log.path) === fileKey(rolloutPath)));

/** The home before a move or copy, when paths recorded there lead to logs here. */
const otherHome = (home: string, threads: readonly CodexThread[]): string | null => {
	const real = fs.existsSync(home) ? fs.realpathSync(home) : home;
	for (const {rolloutPath} of threads) {
		const recorded = rolloutPath === null ? undefined : splitRecordedPath(rolloutPath)?.home;
		if (recorded !== undefined && ![home, real].includes(recorded) && findRecorded(home, rolloutPath ?? '')) {
			return fs.existsSync(recorded) && fs.realpathSync(recorded) === real ? null : recorded;
		}
	}

	return null;
};
