/** Character classes of the automaton: ASCII letters share one regardless of case; what no keyword holds is class 0. */
const classesOf = (keywords: readonly string[]): {classes: Uint8Array; count: number} => {
	const classes = new Uint8Array(65536);
	let count = 1;
	for (const keyword of keywords) {
		for (let index = 0; index < keyword.length; index++) {
			const code = keyword.charCodeAt(index);
			if (classes[code] === 0) {
				classes[code] = count++;
			}
		}
	}

	for (let code = 97; code <= 122; code++) {
		classes[code - 32] = classes[code] as number;
	}

	return {classes, count};
};

/**
Aho-Corasick over keywords, regardless of the case of ASCII letters, as one dense table: a step is two array reads.
`each` gets the number of the keyword and where it ends; several keywords that end at one place come longest first.
*/
export class Automaton {
	readonly #classes: Uint8Array;
	readonly #width: number;
	readonly #next: Int32Array;
	/** First keyword of a state, or -1. */
	readonly #keyword: Int32Array;
	/** The next shorter state in which a keyword ends, or 0. */
	readonly #shorter: Int32Array;
	/** The keywords themselves, for those that end in the same state. */
	readonly #same: Int32Array;

	constructor(keywords: readonly string[]) {
		const lower = keywords.map(keyword => keyword.replaceAll(/[A-Z]/g, letter => letter.toLowerCase()));
		const {classes, count} = classesOf(lower);
		const size = lower.reduce((sum, keyword) => sum + keyword.length, 1);
		this.#classes = classes;
		this.#width = count;
		this.#next = new Int32Array(size * count);
		this.#keyword = new Int32Array(size).fill(-1);
		this.#shorter = new Int32Array(size);
		this.#same = new Int32Array(lower.length).fill(-1);
		this.#grow(lower);
		this.#link();
	}

	search(text: string, each: (keyword: number, end: number) => void): void {
		const classes = this.#classes;
		const next = this.#next;
		const keywords = this.#keyword;
		const shorter = this.#shorter;
		const width = this.#width;
		let state = 0;
		for (let index = 0; index < text.length; index++) {
			state = next[state + (classes[text.charCodeAt(index)] as number)] as number;
			if (state < 0) {
				state = -state;
				let row = state / width;
				do {
					for (let keyword = keywords[row] as number; keyword >= 0; keyword = this.#same[keyword] as number) {
						each(keyword, index + 1);
					}

					row = shorter[row] as number;
				} while (row > 0);
			}
		}
	}

	#grow(keywords: readonly string[]): void {
		let states = 1;
		for (const [number, keyword] of keywords.entries()) {
			let state = 0;
			for (let index = 0; index < keyword.length; index++) {
				const at = state * this.#width + (this.#classes[keyword.charCodeAt(index)] as number);
				if (this.#next[at] === 0) {
					this.#next[at] = states++;
				}

				state = this.#next[at] as number;
			}

			this.#same[number] = this.#keyword[state] as number;
			this.#keyword[state] = number;
		}
	}

	/** Fills in where a failed step leads; rows become offsets, negative where a keyword ends. */
	#link(): void {
		const width = this.#width;
		const fail = new Int32Array(this.#keyword.length);
		const queue = [0];
		for (const state of queue) {
			for (let kind = 0; kind < width; kind++) {
				const child = this.#next[state * width + kind] as number;
				const back = state === 0 ? 0 : (this.#next[(fail[state] as number) * width + kind] as number);
				if (child === 0) {
					this.#next[state * width + kind] = back;
					continue;
				}

				fail[child] = back;
				this.#shorter[child] = (this.#keyword[back] as number) >= 0 ? back : (this.#shorter[back] as number);
				queue.push(child);
			}
		}

		for (let index = 0; index < this.#next.length; index++) {
			const state = this.#next[index] as number;
			const ends = (this.#keyword[state] as number) >= 0 || (this.#shorter[state] as number) > 0;
			this.#next[index] = ends ? -state * width : state * width;
		}
	}
}
