import fs from 'node:fs';
import {type FoundFile, newestRollouts, type RolloutSource} from '../files/find-rollouts.js';
import {LineSplitter} from '../files/line-splitter.js';
import {openLog} from '../files/open-log.js';
import {namedStart} from '../files/rollout-name.js';
import type {Format} from '../formats/format.js';
import type {LogLine} from '../model/log-line.js';
import type {SessionSummary} from '../model/session.js';

/** The first line alone can be 31 kB; the first prompt comes soon after it. */
const headLength = 64 * 1024;

const oneLine = (text: string | null): string | null => text?.replace(/\s+/g, ' ').trim().slice(0, 300) || null;

const readHead = (file: FoundFile): Buffer => {
	const descriptor = openLog(file.path);
	try {
		const buffer = Buffer.alloc(Math.min(headLength, file.size));
		return buffer.subarray(0, fs.readSync(descriptor, buffer, 0, buffer.length, 0));
	} finally {
		fs.closeSync(descriptor);
	}
};

/** What the beginning of a log tells about its session; counts stay at zero until it is read. */
const summaryOf = (file: FoundFile, format: Format, id: number): SessionSummary => {
	const reader = format.reader(file.path, null);
	if (file.format === 'jsonl') {
		const readUntilPrompt = (line: LogLine): void => {
			if (!reader.hasPrompt()) {
				reader.read(line);
			}
		};
		new LineSplitter(readUntilPrompt, {line: 0, offset: 0}).push(readHead(file));
	}

	const facts = reader.facts();
	const firstPrompt = reader.take().prompts[0]?.title ?? facts.firstPrompt;
	const modifiedAt = new Date(Number(file.mtimeNs / 1_000_000n)).toISOString();
	return {
		id,
		threadId: facts.threadId ?? file.threadId ?? `file:${file.key}`,
		parentThreadId: facts.parentThreadId,
		forkedFromThreadId: facts.forkedFromThreadId,
		kind: facts.kind,
		name: null,
		title: oneLine(firstPrompt),
		archived: file.archived,
		startedAt: new Date(facts.startedAt ?? namedStart(file) ?? modifiedAt).toISOString(),
		endedAt: modifiedAt,
		cwd: facts.cwd,
		gitBranch: facts.gitBranch,
		gitCommit: facts.gitCommit,
		gitRepositoryUrl: facts.gitRepositoryUrl,
		originator: facts.originator,
		cliVersion: facts.cliVersion,
		models: facts.models,
		promptCount: 0,
		toolCallCount: 0,
		problemCount: 0,
		durationMs: null,
		usage: facts.usage,
		bytes: file.size,
		gone: null,
	};
};

/**
The newest sessions, straight from the heads of their logs: something to show in the first moments on a
home that was never read, whatever its size. Ids are negative, as the store does not know them yet.
*/
export const previewNewest = (source: RolloutSource, count: number, format: Format): SessionSummary[] =>
	newestRollouts(source, count).files.flatMap((file, index) => {
		try {
			return [summaryOf(file, format, -1 - index)];
		} catch {
			// Unreadable files are reported by the ingest that follows.
			return [];
		}
	});
