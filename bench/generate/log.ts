/** What a file holds, as the program should count it. */
export type Counts = {lines: number; prompts: number; toolCalls: number; problems: number};

/** How the lines of a session are wrapped. */
export type Envelope = 'bare' | 'plain' | 'ordinal';

/** The lines of one rollout, its clock and its counts. */
export class Log {
	readonly counts: Counts = {lines: 0, prompts: 0, toolCalls: 0, problems: 0};
	bytes = 0;
	private readonly parts: (string | Buffer)[] = [];

	constructor(
		private readonly envelope: Envelope,
		/** Milliseconds since 1970 of the next line. */
		public clock: number,
	) {}

	get at(): string {
		return new Date(this.clock).toISOString();
	}

	/** A record of a kind; without envelope only items have a line. */
	write(type: string, payload: object, waitMs = 40): void {
		this.clock += waitMs;
		if (this.envelope === 'bare') {
			if (type === 'response_item') {
				this.line(JSON.stringify(payload));
			}

			return;
		}

		const ordinal = this.envelope === 'ordinal' ? {ordinal: this.counts.lines} : {};
		this.line(JSON.stringify({timestamp: this.at, ...ordinal, type, payload}));
	}

	item(payload: object, waitMs?: number): void {
		this.write('response_item', payload, waitMs);
	}

	event(payload: object, waitMs?: number): void {
		this.write('event_msg', payload, waitMs);
	}

	/** A line as it is. */
	line(text: string | Buffer): void {
		this.add(text);
		this.add('\n');
		this.counts.lines++;
	}

	/** A line that is no record. */
	damaged(text: string | Buffer): void {
		this.line(text);
		this.counts.problems++;
	}

	/** The beginning of a line whose rest never came. */
	torn(text: string): void {
		this.add(text);
		this.counts.problems++;
	}

	content(): Buffer {
		return Buffer.concat(this.parts.map(part => (typeof part === 'string' ? Buffer.from(part) : part)));
	}

	private add(part: string | Buffer): void {
		this.parts.push(part);
		this.bytes += typeof part === 'string' ? Buffer.byteLength(part) : part.length;
	}
}
