import {latin1, utf8} from '../../bytes.js';
import {isObject, type Json, object, parseJson} from '../../json.js';
import type {Envelope} from '../read-record.js';
import {parseBefore, parseWithout, parseWithoutImages} from './cut-texts.js';
import {type LineHead, readHead} from './head.js';
import {bytesOf, isAt} from './line-bytes.js';
import {skimOutput} from './output.js';
import {type Payload, RepeatedPayload} from './repeated-payload.js';
import {skimTokenCount} from './token-count.js';

/** Enough of a line for its head and the first fields of an item. */
const headLength = 640;

/** Only lines this long are searched for pictures. */
const pictureLength = 16 * 1024;

const closeBrace = 0x7d;

const keys = (...names: readonly string[]): Buffer[] => names.map(name => Buffer.from(`"${name}":"`));
const encrypted = keys('encrypted_content');
const outputs = keys('stdout', 'stderr', 'aggregated_output', 'formatted_output');
const commandItem = '"item":{"type":"CommandExecution"';
const replacedHistory = Buffer.from(',"replacement_history":[');
const instructions = [...keys('instructions'), Buffer.from('"base_instructions":{"text":"')];

/** Every other line of the first native releases. */
const stateLine = bytesOf('{"record_type":"state"}');
const state: Json = {record_type: 'state'};

/**
Reads lines as far as rows need it and passes over what only the full event shows: outputs beyond their
header, encrypted reasoning, instructions, replaced histories, pictures. Where a line is not in the form that Codex writes, or may be
damaged, it answers undefined and the line has to be parsed as a whole. Either way gives the same rows.
*/
export class Skimmer {
	private readonly contexts = new RepeatedPayload();

	read(line: Buffer): Envelope | undefined {
		if (line.length === stateLine.length && isAt(line, 0, stateLine)) {
			return {at: null, ordinal: null, type: 'record_type state', payload: state, metadata: {}};
		}

		const head = line[line.length - 1] === closeBrace ? readHead(line) : undefined;
		const said = head === undefined ? undefined : this.payload(line, head);
		return head === undefined || said === undefined
			? undefined
			: {at: head.at, ordinal: head.ordinal, type: head.type, payload: said.payload, metadata: said.metadata};
	}

	private payload(line: Buffer, head: LineHead): Payload | undefined {
		switch (head.kind) {
			case 'token_count': {
				return alone(skimTokenCount(line, head));
			}

			case 'function_call_output':
			case 'custom_tool_call_output': {
				return alone(skimOutput(line, head)) ?? this.other(line, head);
			}

			case 'reasoning': {
				return within(parseWithout(line, encrypted), head);
			}

			case 'exec_command_end': {
				return within(parseWithout(line, outputs), head);
			}

			case 'item_completed': {
				const isCommand = latin1(line, 0, Math.min(headLength, line.length)).includes(commandItem);
				return isCommand ? within(parseWithout(line, outputs), head) : this.other(line, head);
			}

			default: {
				return this.other(line, head);
			}
		}
	}

	private other(line: Buffer, head: LineHead): Payload | undefined {
		switch (head.type) {
			case 'turn_context': {
				return this.contexts.read(line, head);
			}

			case 'session_meta': {
				return within(parseWithout(line, instructions), head);
			}

			case 'compacted': {
				return within(parseBefore(line, replacedHistory), head) ?? withoutImages(line, head);
			}

			default: {
				return withoutImages(line, head) ?? alone(parsePayload(line, head));
			}
		}
	}
}

const alone = (payload: Json | undefined): Payload | undefined =>
	payload === undefined ? undefined : {payload, metadata: {}};

/** The payload, where it is the last of the record's fields. */
const parsePayload = (line: Buffer, {at, payloadAt}: LineHead): Json | undefined => {
	const value = at === null ? undefined : parseJson(utf8(line, payloadAt, line.length - 1));
	return isObject(value) ? value : undefined;
};

/** The payload of a record; in the eras without envelope it is the record. */
const within = (record: Json | undefined, head: LineHead): Payload | undefined => {
	if (record === undefined) {
		return undefined;
	}

	const {payload} = record;
	return head.at === null
		? alone(payload === undefined ? record : undefined)
		: isObject(payload)
			? {payload, metadata: object(record, 'metadata')}
			: undefined;
};

const withoutImages = (line: Buffer, head: LineHead): Payload | undefined =>
	line.length < pictureLength ? undefined : within(parseWithoutImages(line), head);
