import type {FoundEvent, HitPart} from '../event-search.js';
import {endIdOf, fileOf, firstIdOf} from './ids.js';
import type {IdStream} from './word-streams.js';

/** How long one look at the tables should take, in ms; a search that nobody wants any more ends after it. */
const lookMs = 4;

/** Logs looked at together, at first and at most. */
const firstSpan = 32;
const longestSpan = 2 ** 20;

/** Rows of one look, at first and at most: a screenful, since each row of a phrase takes as long as a look at 50 of a word. */
const fewRows = 64;
const mostRows = 4096;

/** Events held against filters at once, at least: to ask takes as long as ten of them. */
const fitTogether = 40;

/** How long events may be held against filters before others may have a word, in ms. */
const fitMs = 1;

/** The logs that count, by id: a lower one is newer. */
export type FileScope = {
	/** The first that counts, at or after an id; undefined when there is none. */
	from(fileId: number): number | undefined;
	/** The last one of so many that count, from one on. */
	last(fileId: number, count: number): number;
	has(fileId: number): boolean;
};

type Walk = {
	scope: FileScope;
	streams: readonly {part: HitPart; ids: IdStream}[];
	/** What must not be there. */
	without: readonly IdStream[];
	/** Those events of one log that fit. */
	fitting: (ids: readonly number[]) => readonly number[];
};

/**
Events that streams tell, newest first: log by log, and within a log from its end. Looks at as many logs at once as some ms
allow, which differs by a factor of thousands between a rare word and a frequent one. `null` stands between looks, and now and
then between the logs of one: whether events fit is asked for some logs at a time, so that the first are told before the last are looked at.
*/
export function* walkFiles({scope, streams, without, fitting}: Walk): Generator<FoundEvent | null, void> {
	let span = firstSpan;
	let limit = fewRows;
	/** What a look costs however little it finds: words have to be sought first. */
	let leastMs = Number.POSITIVE_INFINITY;
	for (let file = streams.length === 0 ? undefined : scope.from(0); file !== undefined; ) {
		const last = scope.last(file, span);
		const read = yield* readRange(streams, firstIdOf(file), endIdOf(last), limit);
		// A log of which not all was read is read again, with those that follow or alone.
		const isAll = read.end === endIdOf(last);
		const isWhole = isAll || fileOf(read.end) > file;
		const end = isWhole ? firstIdOf(fileOf(read.end)) : endIdOf(file);
		const {parts} = isWhole ? read : yield* readRange(streams, firstIdOf(file), end, -1);
		yield* fittingOf(parts, end, {scope, without, fitting});
		yield null;
		leastMs = Math.min(leastMs, read.longestMs);
		if (read.longestMs > 2 * leastMs + 2 * lookMs) {
			span = Math.max(1, span >> 2);
			limit = Math.max(fewRows, limit >> 1);
		} else if (read.longestMs < leastMs + lookMs) {
			// Logs without any of it, such as those that are being read, say nothing of how long more rows would take.
			span = Math.min(longestSpan, span * 2);
			limit = isAll ? limit : Math.min(mostRows, limit * 2);
		}

		file = scope.from(fileOf(end));
	}
}

/** Those of some events that count, in the order of a walk. */
function* fittingOf(
	parts: Parts,
	end: number,
	{scope, without, fitting}: Omit<Walk, 'streams'>,
): Generator<FoundEvent | null, void> {
	const excluded = parts.size === 0 ? new Set<number>() : idsOf(without, parts, end);
	let spentMs = 0;
	for (const ids of inBatches(ascending(parts, end))) {
		const start = performance.now();
		const fit = fitting(ids.filter(id => !excluded.has(id) && scope.has(fileOf(id))));
		spentMs += performance.now() - start;
		if (spentMs > fitMs) {
			yield null;
			spentMs = 0;
		}

		for (const found of Map.groupBy(fit, fileOf).values()) {
			for (const id of found.toReversed()) {
				const where = parts.get(id);
				yield {id, part: where === 'output' ? 'output' : 'message', isInBoth: where === 'both'};
			}
		}
	}
}

/** Ascending ids in lists of some length, those of one log in one list. */
function* inBatches(ids: readonly number[]): Generator<readonly number[], void> {
	let from = 0;
	for (const [at, id] of ids.entries()) {
		if (at - from >= fitTogether && fileOf(id) !== fileOf(ids[at - 1] as number)) {
			yield ids.slice(from, at);
			from = at;
		}
	}

	yield ids.slice(from);
}

type Parts = Map<number, HitPart | 'both'>;

type Read = {
	parts: Parts;
	end: number;
	/** What the longest look took. */
	longestMs: number;
};

/** What the streams have of a range; where not all fits, up to an end before which nothing is missing. */
function* readRange(streams: Walk['streams'], from: number, end: number, limit: number): Generator<null, Read> {
	const parts: Parts = new Map();
	let readTo = end;
	let longestMs = 0;
	for (const [index, {part, ids}] of streams.entries()) {
		const start = performance.now();
		const found = ids({from, end: readTo, limit});
		longestMs = Math.max(longestMs, performance.now() - start);
		if (found.length === limit) {
			readTo = found.at(-1) ?? readTo;
		}

		for (const id of found) {
			const before = parts.get(id);
			parts.set(id, before === undefined || before === part ? part : 'both');
		}

		if (index % 2 === 1) {
			yield null;
		}
	}

	return {parts, end: readTo, longestMs};
}

const ascending = (parts: Parts, end: number): number[] =>
	[...parts.keys()].filter(id => id < end).toSorted((a, b) => a - b);

const idsOf = (streams: readonly IdStream[], parts: Parts, end: number): Set<number> => {
	const ids = [...parts.keys()];
	const from = ids.reduce((least, id) => Math.min(least, id));
	return new Set(streams.flatMap(stream => stream({from, end, limit: -1})));
};
