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

const endings = [
	['.jsonl', 'jsonl'],
	['.jsonl.zst', 'jsonl.zst'],
	['.json', 'json'],
] as const;
const notLogs = new Set(['session_index.jsonl', 'history.jsonl', 'history.json', 'auth.json']);
const uuid = '[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}';
const ids = new RegExp(`^(${uuid})(?:_(${uuid}))?$`, 'i');

/** Every part has a fixed width, since times and ids both hold hyphens. */
const timed = /^rollout-(\d{4}-\d{2}-\d{2}(?:T\d{2}-\d{2}-\d{2})?)-(.+)$/;

/** How nearly all logs are named; told at once, since thousands are looked at with every start. */
const usualName = new RegExp(`^rollout-(\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d)-(${uuid})\\.jsonl$`, 'i');

const parseStem = (stem: string): Omit<RolloutName, 'format' | 'key'> => {
	const [, startedLocal = null, rest = stem] = timed.exec(stem) ?? [];
	const [, threadId = null, rolloutId = threadId] = ids.exec(rest) ?? [];
	return {startedLocal, threadId, rolloutId};
};

/**
Reads a file name. Answers undefined for names that no log has: other endings, `auth.json`, prompt
histories, and JSON documents that are not named like a session (unless the file was given by name).
*/
export const parseRolloutName = (name: string, given: 'found' | 'given' = 'found'): RolloutName | undefined => {
	const usual = usualName.exec(name);
	if (usual !== null) {
		const [, startedLocal = null, threadId = null] = usual;
		return {format: 'jsonl', key: name, startedLocal, threadId, rolloutId: threadId};
	}

	const format = endings.find(([ending]) => name.endsWith(ending))?.[1];
	if (format === undefined || name.startsWith('.') || notLogs.has(withoutZst(name))) {
		return undefined;
	}

	const stem = name.slice(0, -format.length - 1);
	const parsed = parseStem(stem);
	const looksLikeSession = stem.startsWith('rollout-') || parsed.threadId !== null;
	if (format === 'json' && given === 'found' && !looksLikeSession) {
		return undefined;
	}

	return {format, key: withoutZst(name), ...parsed};
};

export const withoutZst = (name: string): string => (name.endsWith('.zst') ? name.slice(0, -'.zst'.length) : name);

/** Unix ms of the local start time in a file's name or, where it has none, of its last change; null when odd. */
export const namedStart = ({birthOrName}: {birthOrName: string}): number | null => {
	const at = new Date(birthOrName.replace(/T(\d\d)-(\d\d)-(\d\d)$/, 'T$1:$2:$3')).getTime();
	return Number.isNaN(at) ? null : at;
};
