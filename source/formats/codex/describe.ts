import type {
	EventBody,
	ImagePlaceholder,
	LogEvent,
	MessageBody,
	Operation,
	ReasoningBody,
	ToolCallBody,
} from '../../model/log-event.js';
import {noUsage} from '../../model/token-usage.js';
import type {RecordedLine} from '../format.js';
import {laterStatus} from './calls.js';
import {closeJson} from './close-record.js';
import {type Envelope, envelopeOf, readRecord} from './read-record.js';
import type {Reading} from './reading.js';
import {piecesOf} from './record.js';
import {completeCall} from './tool-call.js';
import {operationOf, type ToolResult} from './tool-result.js';

/** Records longer than this are described from their beginning. */
const longest = 64 * 1024 * 1024;

type Told = {line: number; envelope: Envelope; reading: Reading};

const read = ({line, part, bytes}: RecordedLine): Told | undefined => {
	const value =
		bytes.length > longest
			? (JSON.parse(closeJson(bytes.subarray(0, 1024 * 1024).toString('utf8'))) as unknown)
			: piecesOf(bytes).flatMap(piece => ('value' in piece ? [piece.value] : []))[0];
	if (value === undefined) {
		return undefined;
	}

	const envelope = envelopeOf(value as Parameters<typeof envelopeOf>[0]);
	const reading = readRecord(envelope)[part];
	return reading === undefined ? undefined : {line, envelope, reading};
};

/** The event that these lines record together; see `Format.describe`. */
export const describe = (lines: readonly RecordedLine[]): LogEvent => {
	const told = lines.flatMap(line => read(line) ?? []);
	const [first, ...rest] = told;
	if (first === undefined) {
		return {
			kind: 'unknown',
			type: 'unreadable',
			raw: lines[0]?.bytes.toString('utf8') ?? '',
			line: lines[0]?.line ?? 0,
			at: null,
		};
	}

	const {at} = first.envelope;
	return {
		...merge(
			first.reading,
			rest.map(other => other.reading),
		),
		line: first.line,
		at: at === null ? null : new Date(at).toISOString(),
	};
};

const merge = (first: Reading, others: readonly Reading[]): EventBody => {
	const {body} = first;
	switch (body.kind) {
		case 'tool-result':
		case 'tool-call': {
			return mergeCall([first, ...others]);
		}

		case 'message': {
			return mergeMessage(body, [first, ...others]);
		}

		case 'reasoning': {
			return mergeReasoning([body, ...others.flatMap(other => (other.body.kind === 'reasoning' ? [other.body] : []))]);
		}

		case 'compaction':
		case 'plan':
		case 'review': {
			const longer = others.flatMap(other => ('text' in other.body ? [other.body.text] : []));
			return {...body, text: [body.text, ...longer].find(text => text !== '') ?? ''};
		}

		case 'token-usage': {
			// What a line adds depends on the lines before it: the store knows.
			return {...body, own: body.last ?? noUsage};
		}

		default: {
			return body;
		}
	}
};

const mergeMessage = (body: MessageBody, readings: readonly Reading[]): MessageBody => {
	const told = readings.flatMap(({body: one, join}) =>
		one.kind === 'message' ? [{...one, source: 'source' in join ? join.source : null}] : [],
	);
	// For a prompt, the event tells what was typed; for an answer, the model's item is the content of record.
	const order = body.role === 'user' ? ['event', 'completed', 'item'] : ['item', 'completed', 'event'];
	const texts = order.flatMap(source => told.filter(one => one.source === source).map(one => one.text));
	return {
		...body,
		text: texts.find(text => text !== '') ?? body.text,
		phase: told.map(one => one.phase).find(phase => phase !== null) ?? null,
		images: mergeImages(told.map(one => one.images)),
	};
};

/** One line may know an image's size, another its path. */
const mergeImages = (lists: readonly ImagePlaceholder[][]): ImagePlaceholder[] => {
	const longest = lists.toSorted((one, other) => other.length - one.length)[0] ?? [];
	return longest.map((image, index) => ({
		mediaType: image.mediaType ?? lists.find(list => list[index]?.mediaType)?.[index]?.mediaType ?? null,
		bytes: image.bytes ?? lists.find(list => list[index]?.bytes)?.[index]?.bytes ?? null,
		source: image.source ?? lists.find(list => list[index]?.source)?.[index]?.source ?? null,
	}));
};

const mergeReasoning = (bodies: readonly ReasoningBody[]): ReasoningBody => {
	const parts = bodies.map(body => body.parts).toSorted((a, b) => b.length - a.length)[0] ?? [];
	return {kind: 'reasoning', text: parts.join('\n\n'), parts, encrypted: bodies.some(body => body.encrypted)};
};

const callOf = (readings: readonly Reading[]): ToolCallBody | undefined => {
	for (const {body} of readings) {
		if (body.kind === 'tool-call') {
			return body;
		}
	}

	return undefined;
};

const mergeCall = (readings: readonly Reading[]): ToolCallBody => {
	const results = readings.flatMap(({body}) => (body.kind === 'tool-result' ? [body] : []));
	const call = callOf(readings) ?? callFrom(results);
	const isScript = call.tool === 'code';
	const own = results.filter(result => !isScript || result.callId === call.callId);
	const operations = isScript ? results.filter(result => result.callId !== call.callId) : [];
	const merged = own.reduce(applyResult, {...call, status: call.status});
	if (merged.tool === 'patch' && merged.status === 'failed') {
		merged.changes = [];
	}

	return isScript ? {...merged, operations: inScriptOrder(operations.map(operationOf), call.command ?? '')} : merged;
};

/** A call whose own line is missing, from what its results tell. */
const callFrom = (results: readonly ToolResult[]): ToolCallBody => {
	const told = results.find(result => result.tool !== null) ?? results[0];
	return {
		...completeCall(told?.tool ?? 'other', told?.name ?? 'output without a call', {
			callId: told?.callId ?? null,
			command: told?.command ?? null,
			arguments: told?.arguments ?? null,
		}),
		status: 'open',
	};
};

const applyResult = (call: ToolCallBody, result: ToolResult): ToolCallBody => {
	const images = [...(call.images ?? []), ...result.images];
	const changes = call.changes !== undefined && call.changes.length > 0 ? call.changes : result.changes;
	return {
		...call,
		command: call.command ?? result.command,
		arguments: call.arguments ?? result.arguments,
		output: result.isModelOutput ? result.output : (call.output ?? result.output),
		exitCode: call.exitCode ?? result.exitCode,
		durationMs: result.isModelOutput ? (call.durationMs ?? result.durationMs) : (result.durationMs ?? call.durationMs),
		status: laterStatus(call.status, result.status),
		...(images.length > 0 ? {images} : {}),
		...(changes === null || changes === undefined ? {} : {changes}),
	};
};

/** Operations end in any order; the script tells the order they were meant in, where it names them. */
const inScriptOrder = (operations: Operation[], script: string): Operation[] => {
	const places = operations.map(operation => {
		const named = operation.command === null ? -1 : script.indexOf(JSON.stringify(operation.command).slice(1, -1));
		return named === -1 ? null : named;
	});
	if (places.includes(null)) {
		return operations;
	}

	return operations
		.map((operation, index) => ({operation, place: places[index] ?? 0}))
		.toSorted((a, b) => a.place - b.place)
		.map(({operation}) => operation);
};
