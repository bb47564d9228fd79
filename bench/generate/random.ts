/** Numbers that look random and are the same for the same seed (sfc32). */
export class Random {
	private a: number;
	private b: number;
	private c = 0x9e3779b9;
	private count = 1;

	constructor(seed: number, stream = 0) {
		this.a = seed | 0;
		this.b = stream | 0;
		for (let round = 0; round < 15; round++) {
			this.next();
		}
	}

	/** From 0 up to, not including, 1. */
	next(): number {
		const sum = (((this.a + this.b) | 0) + this.count) | 0;
		this.count = (this.count + 1) | 0;
		this.a = this.b ^ (this.b >>> 9);
		this.b = (this.c + (this.c << 3)) | 0;
		this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
		return (sum >>> 0) / 2 ** 32;
	}

	/** A whole number from `low` to `high`, both included. */
	between(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	chance(share: number): boolean {
		return this.next() < share;
	}

	pick<T>(values: readonly T[]): T {
		return values[Math.floor(this.next() * values.length)] as T;
	}

	/** One of the values, as often as its weight says. */
	weighted<T>(rows: readonly (readonly [weight: number, value: T])[]): T {
		let at = this.next() * rows.reduce((sum, [weight]) => sum + weight, 0);
		for (const [weight, value] of rows) {
			at -= weight;
			if (at < 0) {
				return value;
			}
		}

		return (rows.at(-1) as readonly [number, T])[1];
	}

	/** Log-normal: half of the numbers lie below `median`; `spread` is 1.2 where the 90th of 100 is 4.5 medians. */
	size(median: number, spread: number): number {
		const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
		return median * Math.exp(spread * normal);
	}

	/**
	A place in a list of so many words, by Zipf's law as in any language: low ones often, high ones seldom. The first `flat`
	places are nearly alike.
	*/
	rank(count: number, flat: number): number {
		return Math.floor(flat * ((1 + count / flat) ** this.next() - 1));
	}

	/** How many in a row, with the given mean, at least one. */
	run(mean: number): number {
		return mean <= 1 ? 1 : 1 + Math.floor(Math.log(1 - this.next()) / Math.log(1 - 1 / mean));
	}

	hex(digits: number): string {
		let text = '';
		while (text.length < digits) {
			text += Math.floor(this.next() * 2 ** 32)
				.toString(16)
				.padStart(8, '0');
		}

		return text.slice(0, digits);
	}

	uuid(): string {
		const digits = this.hex(32);
		return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-7${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
	}
}
