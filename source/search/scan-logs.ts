import fs from 'node:fs';
import {readChunks} from '../files/read-chunks.js';
import type {EventId} from '../model/session.js';
import type {Query, TextNode} from '../query/query.js';
import type {WordMatcher} from '../query/word-matcher.js';
import type {EventQuery, EventSearch, LogRecord, ScannedLog} from '../store/event-search.js';
import type {SearchAnswer, SearchHit} from '../store/search.js';
import {fieldOf, withheld} from './make-hits.js';
import {holdsInside, markedNeedles, needlePattern, needlesOf} from './needles.js';
import {placesMatcher, snippetOf} from './snippet.js';
import type {SearchTools} from './tools.js';

/** Bytes read at once: two milliseconds. */
const chunkBytes = 1024 * 1024;

/** Bytes of a chunk that are looked at again with the next one, for what crosses their border. */
const sharedBytes = 4096;

/** Base64 of so many characters is a picture or encrypted; what stands in it is no word of anybody. */
const longestRun = 1000;

/** How often it is told how far a scan is, in ms. */
const tellEveryMs = 100;

type Part = Pick<SearchAnswer, 'hits' | 'total' | 'isAtLeast' | 'scanned'>;

/**
Hits of words anywhere in what events say, also inside of longer words: the logs themselves are read, the newest first.
They are added to the hits that are known already.
*/
export async function* scanLogs(
	{store, hiding}: SearchTools,
	{text}: Query,
	query: EventQuery,
	{hits: known, total: knownTotal, isAtLeast}: Pick<SearchAnswer, 'hits' | 'total' | 'isAtLeast'>,
	limit: number,
): AsyncGenerator<Part | null, void> {
	const needles = text === null ? [] : needlesOf(text);
	if (text === null || needles.length === 0) {
		yield {hits: known, total: knownTotal, isAtLeast, scanned: 1};
		return;
	}

	const pattern = needlePattern(needles);
	const matcher = placesMatcher(markedNeedles(text));
	const logs = store.logs(query);
	const bytesTotal = Math.max(
		1,
		logs.reduce((sum, {bytes}) => sum + bytes, 0),
	);
	const fitting = store.filter(query);
	const seen = new Set<EventId>(known.map(({id}) => id));
	const found: SearchHit[] = [];
	let bytesDone = 0;
	let toldAt = performance.now();
	const part = (isDone: boolean): Part => ({
		hits: [...known, ...found].toSorted((a, b) => store.compareNewest(a.id, b.id)),
		total: knownTotal + found.length,
		isAtLeast: isAtLeast || !isDone,
		scanned: isDone ? 1 : Math.min(1, bytesDone / bytesTotal),
	});
	for (const log of logs) {
		const ofLog: SearchHit[] = [];
		for await (const step of scanLog(store, log, pattern)) {
			bytesDone += step.bytes;
			const fresh = step.ids.filter(id => !seen.has(id));
			for (const id of fresh.length === 0 ? [] : fitting(fresh)) {
				seen.add(id);
				const hit = await hitOf(store, id, text, matcher, hiding);
				if (hit !== undefined) {
					ofLog.push(hit);
				}
			}

			if (performance.now() - toldAt > tellEveryMs) {
				toldAt = performance.now();
				yield part(false);
			} else {
				yield null;
			}
		}

		found.push(...ofLog);
		if (known.length + found.length >= limit) {
			yield part(false);
			return;
		}
	}

	yield part(true);
}

const hitOf = async (
	store: EventSearch,
	id: EventId,
	text: TextNode,
	matcher: WordMatcher,
	hiding: SearchTools['hiding'],
): Promise<SearchHit | undefined> => {
	const message = await store.messageText(id);
	const output = await store.outputText(id);
	if (!holdsInside(text, [message.toLowerCase(), output.toLowerCase()])) {
		return undefined;
	}

	const [place] = store.places([id]);
	if (place === undefined) {
		return undefined;
	}

	const hide = await hiding.inSession(place.sessionId);
	if (hide === undefined) {
		return withheld(place, 'message');
	}

	for (const [part, source] of [['message', message] as const, ['output', output] as const]) {
		const snippet = snippetOf(source, matcher, of => hide(of, fieldOf(place, part)));
		if (snippet !== undefined) {
			return {...place, part, snippet};
		}
	}

	return undefined;
};

type Step = {bytes: number; ids: EventId[]};

/** Events in whose records the pattern stands, a chunk of the log at a time; each chunk may name an event again. */
async function* scanLog(store: EventSearch, log: ScannedLog, pattern: RegExp): AsyncGenerator<Step, void> {
	let records: LogRecord[] | undefined;
	let offset = 0;
	let before: Buffer = Buffer.alloc(0);
	for await (const chunk of chunksOf(store, log)) {
		const bytes = before.length === 0 ? chunk : Buffer.concat([before, chunk]);
		const start = offset - before.length;
		const ids: EventId[] = [];
		const text = bytes.toString('latin1');
		pattern.lastIndex = 0;
		for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
			const runEnd = endOfRun(text, match.index);
			if (runEnd !== undefined) {
				pattern.lastIndex = runEnd;
				continue;
			}

			records ??= store.recordsOf(log.fileId);
			const record = recordAt(records, start + match.index);
			if (record !== undefined) {
				ids.push(record.id);
				// One look at each line is enough.
				pattern.lastIndex = Math.max(pattern.lastIndex, record.offset + record.length - start);
			}
		}

		yield {bytes: chunk.length, ids: [...new Set(ids)]};
		offset += chunk.length;
		before = Buffer.from(bytes.subarray(-sharedBytes));
	}
}

const endsRun = /[^A-Za-z0-9+/=_-]/g;
const inRun = /[A-Za-z0-9+/=_-]/;

/** Where the run of letters and digits around a place ends that is long enough to be base64; undefined in any other text. */
const endOfRun = (text: string, place: number): number | undefined => {
	endsRun.lastIndex = place;
	const end = endsRun.exec(text)?.index ?? text.length;
	let start = place;
	while (start > 0 && end - start <= longestRun && inRun.test(text[start - 1] as string)) {
		start--;
	}

	return end - start > longestRun ? end : undefined;
};

/** The record that covers an offset; they are in the order of the log. */
const recordAt = (records: readonly LogRecord[], offset: number): LogRecord | undefined => {
	let low = 0;
	let high = records.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((records[middle] as LogRecord).offset <= offset) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	const record = records[low - 1];
	return record === undefined || offset >= record.offset + record.length ? undefined : record;
};

/** The bytes of a log, from where they are found soonest. A chunk is only valid until the next one. */
async function* chunksOf(store: EventSearch, log: ScannedLog): AsyncGenerator<Buffer, void> {
	const isPlain = log.format === 'jsonl' || log.format === 'json';
	try {
		if (isPlain && fs.existsSync(log.path)) {
			yield* plainChunks(log);
		} else if (log.archived !== null) {
			yield* store.archivedBytes(log);
		} else if (fs.existsSync(log.path)) {
			yield* readChunks({...log, size: fs.statSync(log.path).size}, 0);
		}
	} catch (error) {
		// A log that goes, or cannot be read, while others are searched: the index tells that in its own time.
		if ((error as {code?: string}).code === undefined) {
			throw error;
		}
	}
}

/** One for all logs: making it costs more than filling it. */
let space: Buffer | undefined;

function* plainChunks({path, bytes}: ScannedLog): Generator<Buffer, void> {
	const descriptor = fs.openSync(path, 'r');
	const buffer = space ?? Buffer.allocUnsafeSlow(chunkBytes);
	space = undefined;
	try {
		for (let at = 0; at < bytes; ) {
			const read = fs.readSync(descriptor, buffer, 0, Math.min(buffer.length, bytes - at), at);
			if (read === 0) {
				return;
			}

			yield buffer.subarray(0, read);
			at += read;
		}
	} finally {
		space = buffer;
		fs.closeSync(descriptor);
	}
}
