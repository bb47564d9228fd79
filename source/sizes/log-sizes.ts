import {noSizes, type SizeKind, type Sizes} from './kinds.js';
import type {Payload} from './payloads.js';

/** Sums up one log, record by record in its order. Every byte counts once. */
export class LogSizes {
	private readonly sizes: Sizes = noSizes();
	private nextPayload = 0;
	/** Up to where bytes were counted. */
	private end = 0;

	/** Payloads in their order; those outside of records do not count as such. */
	constructor(private readonly payloads: readonly Payload[]) {}

	/** A record that was told before, or a part of it, does not count again. */
	add(offset: number, length: number, kind: SizeKind): void {
		const from = Math.max(offset, this.end);
		const end = offset + length;
		if (end <= from) {
			return;
		}

		this.sizes[kind] += end - from;
		this.end = end;
		for (let at = this.payloads[this.nextPayload]; at !== undefined && at.start < end; at = this.nextAfter()) {
			const target = at.start >= from && at.end <= end ? payloadKind(at, kind) : kind;
			this.sizes[target] += at.end - at.start;
			this.sizes[kind] -= at.end - at.start;
		}
	}

	/** The sums; what no record holds is line ends. */
	total(bytes: number): Sizes {
		const counted = Object.values(this.sizes).reduce((sum, size) => sum + size, 0);
		return {...this.sizes, 'line-ends': bytes - counted};
	}

	private nextAfter(): Payload | undefined {
		this.nextPayload++;
		return this.payloads[this.nextPayload];
	}
}

const payloadKind = (payload: Payload, kind: SizeKind): SizeKind => {
	if (kind === 'unreadable') {
		return kind;
	}

	if (kind === 'compactions') {
		return payload.kind === 'images' ? 'compacted-images' : kind;
	}

	return payload.kind;
};
