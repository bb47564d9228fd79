import fs from 'node:fs';
import path from 'node:path';
import type {FileFailure} from '../model/problem.js';
import {readWholeFile} from './open-log.js';
import {failureReason, fileVersion} from './walk-folders.js';

const historyName = 'history.jsonl';

/** Codex trims the file itself; a larger one is no history that it wrote. */
const largest = 256 * 2 ** 20;

export type PromptHistory = {
	path: string;
	/** Lines of each thread, in the order of the file, as they stand there. */
	threads: Map<string, Buffer>;
	failures: FileFailure[];
};

const newline = 0x0a;

/** The spelling `conversation_id` is older (format reference 1.3). */
const threadOf = (line: Buffer): string | undefined =>
	/"(?:session|conversation)_id"\s*:\s*"([\w-]{1,100})"/.exec(line.subarray(0, 400).toString('latin1'))?.[1];

/** Changes whenever `readPromptHistory` may answer something new; costs one stat. */
export const promptHistoryVersion = (home: string): string => fileVersion(path.join(home, historyName));

/** Prompts that were typed in an interactive client, also those whose rollout is gone. */
export const readPromptHistory = (home: string): PromptHistory => {
	const file = path.join(home, historyName);
	const history: PromptHistory = {path: file, threads: new Map(), failures: []};
	let bytes: Buffer;
	try {
		const stat = fs.statSync(file, {throwIfNoEntry: false});
		if (stat === undefined || stat.size > largest) {
			return history;
		}

		bytes = readWholeFile(file);
	} catch (error) {
		history.failures.push({path: file, reason: failureReason(error)});
		return history;
	}

	const lines = new Map<string, Buffer[]>();
	// A last line without line end is still being written.
	for (let from = 0, end = bytes.indexOf(newline); end !== -1; from = end + 1, end = bytes.indexOf(newline, from)) {
		const line = bytes.subarray(from, end + 1);
		const thread = threadOf(line);
		if (thread !== undefined) {
			lines.set(thread, [...(lines.get(thread) ?? []), line]);
		}
	}

	for (const [thread, own] of lines) {
		history.threads.set(thread, Buffer.concat(own));
	}

	return history;
};
