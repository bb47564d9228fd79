import fs from 'node:fs';
import path from 'node:path';
import type {FileFailure} from '../model/problem.js';
import {withoutZst} from './rollout-name.js';
import {readStateThreads, stateDatabase} from './state-names.js';

/** A thread in Codex's own list. Null is what its version of the database does not tell. */
export type CodexThread = {
	id: string;
	/** Where Codex looks for the log. */
	rolloutPath: string | null;
	archived: boolean | null;
	/** Client or agent that started it, such as `cli`, `exec` or JSON that names a sub-agent. */
	source: string | null;
	/** Whether it has a first prompt to be listed by. */
	hasPrompt: boolean | null;
};

/** Codex's own list of threads. */
export type CodexList = {
	/** The state database; null when there is none. */
	database: string | null;
	/** Null when there is no list that could be read. */
	threads: CodexThread[] | null;
	/** Why the database could not be read. */
	failure: string | null;
};

const columns = [
	'id',
	'rollout_path',
	'archived',
	'source',
	'first_user_message',
	'preview',
	'has_user_event',
] as const;

/** What Codex's newest state database lists; its location is the Codex home unless another was chosen. */
export const readCodexThreads = (folder: string): CodexList => {
	const failures: FileFailure[] = [];
	const rows = readStateThreads(folder, columns, failures);
	const threads = rows?.flatMap(({id, ...row}): CodexThread[] =>
		typeof id === 'string'
			? [
					{
						id,
						rolloutPath: textOf(row.rollout_path),
						archived: typeof row.archived === 'number' ? row.archived !== 0 : null,
						source: textOf(row.source),
						hasPrompt: hasPrompt([row.first_user_message, row.preview], row.has_user_event),
					},
				]
			: [],
	);
	return {
		database: stateDatabase(folder) ?? null,
		threads: threads ?? null,
		failure: failures[0]?.reason ?? null,
	};
};

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** `has_user_event` is 0 in every row of some releases, so that only a 1 tells something. */
const hasPrompt = (texts: readonly unknown[], userEvent: unknown): boolean | null => {
	if (texts.some(text => textOf(text) !== null) || userEvent === 1) {
		return true;
	}

	return texts.every(text => text === null) ? null : false;
};

const sessionFolders = /[\\/]((?:archived_)?sessions)[\\/]/g;

/** Splits a recorded path into the Codex home that it was recorded in and what follows; undefined for other paths. */
export const splitRecordedPath = (recorded: string): {home: string; below: string[]} | undefined => {
	const last = [...recorded.matchAll(sessionFolders)].at(-1);
	return last === undefined
		? undefined
		: {
				home: recorded.slice(0, last.index),
				below: recorded.slice(last.index).split(/[\\/]/).filter(Boolean),
			};
};

/** Where a recorded log lies now: below this home, plain or compressed, else just where it was recorded. */
export const findRecorded = (home: string, recorded: string): string | undefined => {
	const split = splitRecordedPath(recorded);
	const places = [...(split === undefined ? [] : [path.join(home, ...split.below)]), recorded];
	return places
		.flatMap(place => [withoutZst(place), `${withoutZst(place)}.zst`])
		.find(place => path.isAbsolute(place) && fs.existsSync(place));
};
