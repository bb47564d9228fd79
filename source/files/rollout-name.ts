/** What a log's file name says about it. */
export type RolloutName = {
	format: 'jsonl' | 'jsonl.zst' | 'json';
	/** Name without `.zst`: the same before and after compression. */
	key: string;
	/** Local start time `YYYY-MM-DDThh-mm-ss` (a bare date in the oldest names); null when the name holds none. */
	startedLocal: string | null;
	threadId: string | null;
	/** Equals the thread id except after a revert, which starts a second file for the same thread. */
	rolloutId: string | null;
};

const formats = ['jsonl.zst', 'jsonl', 'json'] as const;
const notLogs = new Set(['session_index.jsonl', 'history.jsonl', 'history.json', 'auth.json']);
const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}$/;
const date = /^\d{4}-\d{2}-\d{2}$/;

const prefix = 'rollout-';
const nameless = {startedLocal: null, threadId: null, rolloutId: null};

/** Cuts `start` characters of time and the id part after it; by position, because ids hold hyphens too. */
const splitAt = (stem: string, start: number) => ({
	time: stem.slice(prefix.length, prefix.length + start),
	separator: stem[prefix.length + start] ?? '',
	ids: stem.slice(prefix.length + start + 1).split('_'),
});

const parseStem = (stem: string): Omit<RolloutName, 'format' | 'key'> => {
	if (uuid.test(stem)) {
		return {startedLocal: null, threadId: stem, rolloutId: stem};
	}

	for (const [length, shape] of [
		[19, dateTime],
		[10, date],
	] as const) {
		const {time, separator, ids} = splitAt(stem, length);
		const [threadId, rolloutId = threadId] = ids;
		if (separator === '-' && shape.test(time) && threadId && rolloutId && ids.length <= 2) {
			return ids.every(id => uuid.test(id))
				? {startedLocal: time, threadId, rolloutId}
				: {...nameless, startedLocal: time};
		}
	}

	return nameless;
};

/**
Reads a file name. Answers undefined for names that no log has: other endings, `auth.json`, prompt
histories, and JSON documents that are not named like a session (unless the file was given by name).
*/
export const parseRolloutName = (name: string, given: 'found' | 'given' = 'found'): RolloutName | undefined => {
	const format = formats.find(ending => name.endsWith(`.${ending}`));
	if (format === undefined || name.startsWith('.') || notLogs.has(name.replace(/\.zst$/, ''))) {
		return undefined;
	}

	const stem = name.slice(0, -format.length - 1);
	const parsed = parseStem(stem);
	const looksLikeSession = stem.startsWith(prefix) || parsed.threadId !== null;
	if (format === 'json' && given === 'found' && !looksLikeSession) {
		return undefined;
	}

	return {format, key: format === 'jsonl.zst' ? name.slice(0, -'.zst'.length) : name, ...parsed};
};
