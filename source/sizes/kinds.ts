import type {EventKind, ToolKind} from '../model/log-event.js';

/** What the bytes of logs are, each byte one of them. */
export const sizeKinds = [
	/** What people, the model and other agents said. */
	'messages',
	/** Instructions, injected context and turn settings. */
	'context',
	/** Summaries of reasoning. */
	'reasoning',
	/** Encrypted content, of reasoning nearly always. */
	'encrypted',
	'tool-calls',
	'patches',
	'tool-output',
	/** Pixels and other files, in base64. */
	'images',
	/** History that a compaction writes down once more. */
	'compactions',
	/** Pixels inside of those. */
	'compacted-images',
	'token-counts',
	/** Lines that tell in another spelling what a line before told. */
	'repeats',
	'other',
	/** Pieces that are no records. */
	'unreadable',
	/** Line ends, blank lines, and what holds a one-document log together. */
	'line-ends',
] as const;

export type SizeKind = (typeof sizeKinds)[number];

/** Bytes by kind. */
export type Sizes = Record<SizeKind, number>;

export const noSizes = (): Sizes => Object.fromEntries(sizeKinds.map(kind => [kind, 0])) as Sizes;

export const addSizes = (sum: Sizes, part: Sizes): Sizes =>
	Object.fromEntries(sizeKinds.map(kind => [kind, sum[kind] + part[kind]])) as Sizes;

/** What is known of a record without reading it. */
export type RecordFacts = {
	kind: EventKind | 'problem';
	/** It only repeats or completes another event. */
	isRepeat: boolean;
	/** It is the output of a tool call, or the only line that has it. */
	isOutput: boolean;
	/** Of a tool call. */
	tool: ToolKind | null;
	/** Of a message. */
	role: string | null;
	/** Of a message: the injected block that it is. */
	context: string | null;
};

const plainKinds: Partial<Record<RecordFacts['kind'], SizeKind>> = {
	problem: 'unreadable',
	reasoning: 'reasoning',
	plan: 'messages',
	compaction: 'compactions',
	'token-usage': 'token-counts',
	'turn-context': 'context',
	'session-meta': 'context',
};

const instructing = new Set<string | null>(['developer', 'system']);

/** The kind that all bytes of a record are, payloads apart. */
export const kindOfRecord = ({kind, isRepeat, isOutput, tool, role, context}: RecordFacts): SizeKind => {
	if (kind === 'tool-call' && isOutput) {
		return 'tool-output';
	}

	// A compaction is a copy by itself, and told by name.
	if (isRepeat && kind !== 'compaction' && kind !== 'token-usage') {
		return 'repeats';
	}

	if (kind === 'tool-call') {
		return tool === 'patch' ? 'patches' : 'tool-calls';
	}

	if (kind === 'message') {
		return context !== null || instructing.has(role) ? 'context' : 'messages';
	}

	return plainKinds[kind] ?? 'other';
};
