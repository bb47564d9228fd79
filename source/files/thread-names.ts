import fs from 'node:fs';
import path from 'node:path';
import type {FileFailure} from '../model/problem.js';
import {readWholeFile} from './open-log.js';
import {readStateNames, stateDatabase} from './state-names.js';
import {failureReason, fileVersion} from './walk-folders.js';

export type ThreadNames = {
	/** Thread id → name. */
	names: Map<string, string>;
	failures: FileFailure[];
};

const indexName = 'session_index.jsonl';
const largestIndex = 64 * 2 ** 20;

/**
Names that people or Codex gave to threads: from `session_index.jsonl`, whose last line for a thread
counts, and from the state database for threads that the index does not name.
*/
export const readThreadNames = (home: string, sqliteHome: string = home): ThreadNames => {
	const failures: FileFailure[] = [];
	const names = new Map([...readStateNames(sqliteHome, failures), ...readIndex(path.join(home, indexName), failures)]);
	return {names, failures};
};

/** Changes whenever `readThreadNames` may answer something new; costs a few stats. */
export const threadNamesVersion = (home: string, sqliteHome: string = home): string => {
	const database = stateDatabase(sqliteHome);
	return [path.join(home, indexName), ...(database === undefined ? [] : [database, `${database}-wal`])]
		.map(file => fileVersion(file))
		.join(' ');
};

const readIndex = (file: string, failures: FileFailure[]): Map<string, string> => {
	const names = new Map<string, string>();
	let text = '';
	try {
		if ((fs.statSync(file, {throwIfNoEntry: false})?.size ?? 0) > largestIndex) {
			failures.push({path: file, reason: 'larger than 64 MB'});
			return names;
		}

		text = readWholeFile(file).toString('utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
			failures.push({path: file, reason: failureReason(error)});
		}
	}

	for (const line of text.split('\n')) {
		const entry = parseEntry(line);
		if (entry?.name) {
			names.set(entry.id, entry.name);
		} else if (entry) {
			names.delete(entry.id);
		}
	}

	return names;
};

/** Undefined for blank, torn and foreign lines. */
const parseEntry = (line: string): {id: string; name: string} | undefined => {
	try {
		const {id, thread_name: name} = JSON.parse(line) as {id?: unknown; thread_name?: unknown};
		return typeof id === 'string' && typeof name === 'string' ? {id, name: name.trim()} : undefined;
	} catch {
		return undefined;
	}
};
