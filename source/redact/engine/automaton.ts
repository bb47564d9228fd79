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

/** Keywords letter by letter. State 0 is the beginning; those of a state's children are a list. */
type Trie = {
	states: number;
	firstChild: Int32Array;
	nextSibling: Int32Array;
	/** Character class that leads to a state. */
	classOf: Uint8Array;
	/** First keyword of a state, or -1. */
	keyword: Int32Array;
	/** The next keyword of the same state, or -1. */
	same: Int32Array;
};

const trieOf = (keywords: readonly string[], classes: Uint8Array): Trie => {
	const most = keywords.reduce((sum, keyword) => sum + keyword.length, 1);
	const firstChild = new Int32Array(most);
	const nextSibling = new Int32Array(most);
	const classOf = new Uint8Array(most);
	const keyword = new Int32Array(most).fill(-1);
	const same = new Int32Array(keywords.length).fill(-1);
	let states = 1;
	for (const [number, letters] of keywords.entries()) {
		let state = 0;
		for (let index = 0; index < letters.length; index++) {
			const kind = classes[letters.charCodeAt(index)] as number;
			let child = firstChild[state] as number;
			while (child !== 0 && classOf[child] !== kind) {
				child = nextSibling[child] as number;
			}

			if (child === 0) {
				child = states++;
				classOf[child] = kind;
				nextSibling[child] = firstChild[state] as number;
				firstChild[state] = child;
			}

			state = child;
		}

		same[number] = keyword[state] as number;
		keyword[state] = number;
	}

	return {states, firstChild, nextSibling, classOf, keyword, same};
};

/**
Aho-Corasick over keywords, regardless of the case of ASCII letters, as one dense table: a step is two array reads.
`each` gets the number of the keyword and where it ends; several keywords that end at one place come longest first.
*/
export class Automaton {
	readonly #classes: Uint8Array;
	readonly #width: number;
	/** By state and class: where the row of the next state begins; negative where a keyword ends. */
	readonly #next: Int32Array;
	readonly #trie: Trie;
	/** The next shorter state in which a keyword ends, or 0. */
	readonly #shorter: Int32Array;

	constructor(keywords: readonly string[]) {
		const lower = keywords.map(keyword => keyword.replaceAll(/[A-Z]/g, letter => letter.toLowerCase()));
		const {classes, count} = classesOf(lower);
		this.#classes = classes;
		this.#width = count;
		this.#trie = trieOf(lower, classes);
		this.#next = new Int32Array(this.#trie.states * count);
		this.#shorter = new Int32Array(this.#trie.states);
		this.#link();
	}

	search(text: string, each: (keyword: number, end: number) => void): void {
		const classes = this.#classes;
		const next = this.#next;
		const {keyword: keywords, same} = this.#trie;
		const shorter = this.#shorter;
		const width = this.#width;
		let state = 0;
		for (let index = 0; index < text.length; index++) {
			state = next[state + (classes[text.charCodeAt(index)] as number)] as number;
			if (state < 0) {
				state = -state;
				let row = state / width;
				do {
					for (let keyword = keywords[row] as number; keyword >= 0; keyword = same[keyword] as number) {
						each(keyword, index + 1);
					}

					row = shorter[row] as number;
				} while (row > 0);
			}
		}
	}

	/** Fills in where steps lead: where a state has no child, to where the longest end of it that begins a keyword leads. */
	#link(): void {
		const {states, firstChild, nextSibling, classOf, keyword} = this.#trie;
		const width = this.#width;
		const next = this.#next;
		const shorter = this.#shorter;
		/** Where the row of that longest end begins, by state. */
		const fail = new Int32Array(states);
		const queue = [0];
		for (const state of queue) {
			const row = state * width;
			const failed = fail[state] as number;
			if (state !== 0) {
				next.copyWithin(row, failed, failed + width);
			}

			for (let child = firstChild[state] as number; child !== 0; child = nextSibling[child] as number) {
				const at = row + (classOf[child] as number);
				const back = state === 0 ? 0 : Math.abs(next[at] as number);
				const short = back / width;
				fail[child] = back;
				shorter[child] = (keyword[short] as number) >= 0 ? short : (shorter[short] as number);
				const ends = (keyword[child] as number) >= 0 || (shorter[child] as number) > 0;
				next[at] = ends ? -child * width : child * width;
				queue.push(child);
			}
		}
	}
}
