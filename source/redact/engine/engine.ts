import {Automaton} from './automaton.js';
import type {Detector, Scan} from './detector.js';

/** All detectors behind one pass over the text: each is called where one of its keywords stands. */
export class Engine {
	readonly #automaton: Automaton;
	readonly #lengths: number[];
	/** Per keyword. */
	readonly #detectors: Detector[][];
	/** Those without keywords look at the whole text. */
	readonly #everywhere: Detector[];

	constructor(detectors: readonly Detector[]) {
		const byKeyword = new Map<string, Detector[]>();
		for (const detector of detectors) {
			for (const keyword of new Set(detector.keywords.map(word => word.toLowerCase()))) {
				const found = byKeyword.get(keyword);
				if (found === undefined) {
					byKeyword.set(keyword, [detector]);
				} else {
					found.push(detector);
				}
			}
		}

		this.#automaton = new Automaton([...byKeyword.keys()]);
		this.#lengths = [...byKeyword.keys()].map(keyword => keyword.length);
		this.#detectors = [...byKeyword.values()];
		this.#everywhere = detectors.filter(detector => detector.keywords.length === 0);
	}

	run(scan: Scan): void {
		this.#automaton.search(scan.text, (keyword, end) => {
			const start = end - (this.#lengths[keyword] as number);
			for (const detector of this.#detectors[keyword] as Detector[]) {
				detector.detect(scan, start, end);
			}
		});
		for (const detector of this.#everywhere) {
			detector.detect(scan, 0, scan.text.length);
		}
	}
}
