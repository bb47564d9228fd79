import {latin1} from '../../bytes.js';
import {isObject, type Json, object} from '../../json.js';
import {parseWhole} from './cut-texts.js';
import type {LineHead} from './head.js';
import {bytesOf, isAt, wordEnd} from './line-bytes.js';

const turnStart = bytesOf('"turn_id":"');

/** Longer ones are not kept for comparison. */
const longest = 64 * 1024;

export type Payload = {payload: Json; metadata: Json};

/** Records of one kind that mostly repeat the one before: turn contexts with all their instructions. */
export class RepeatedPayload {
	private bytes = Buffer.alloc(0);
	private last: Payload = {payload: {}, metadata: {}};

	/** What the line says, parsed only where that is something else than the last time. */
	read(line: Buffer, {payloadAt}: LineHead): Payload | undefined {
		// Only the id of the turn differs in lines that otherwise repeat each other.
		const idAt = payloadAt + 1 + turnStart.length;
		const idEnd = isAt(line, payloadAt + 1, turnStart) ? wordEnd(line, idAt) : -1;
		const from = idEnd === -1 ? payloadAt : idEnd;
		const isSame =
			line.length - from === this.bytes.length && line.compare(this.bytes, 0, this.bytes.length, from) === 0;
		if (!isSame) {
			return this.remember(line, from);
		}

		const {payload, metadata} = this.last;
		return {payload: idEnd === -1 ? payload : {...payload, turn_id: latin1(line, idAt, idEnd)}, metadata};
	}

	private remember(line: Buffer, from: number): Payload | undefined {
		const record = parseWhole(line);
		if (record === undefined || !isObject(record['payload'])) {
			return undefined;
		}

		const said = {payload: record['payload'], metadata: object(record, 'metadata')};
		if (line.length <= longest) {
			this.bytes = Buffer.from(line.subarray(from));
			this.last = said;
		}

		return said;
	}
}
