import type {FindingClass, Match} from './finding.js';
import {isPlaceholder} from './values/placeholders.js';
import {isWordy, looksRandom, shapeOf} from './values/shape.js';

type Known = {form: string; value: string; ruleId: string; class: FindingClass; replacement?: string | undefined};

/** How many characters decide where to look closer. */
const gram = 8;

/** The least length of a beginning or end of a value that cut output is recognised by. */
const shortestPart = 12;

/**
Values that were found, to be found again where nothing beside them says what they are: in the same text, in the rest of
the session, in its forks. Also their JSON-, URL-, HTML- and base64-encoded forms, and what a cut left of their beginning or end.
*/
export class SecretMemory {
	readonly #starts = new Map<string, Known[]>();
	readonly #ends = new Map<string, Known[]>();
	readonly #values = new Set<string>();
	/** Which triples of characters begin a gram: most positions of a text are passed over by it. */
	#triples: Uint8Array | undefined;

	/** Knows so many values at most; more are not taken in. */
	constructor(private readonly most = Number.POSITIVE_INFINITY) {}

	/** Whether values may have been left out. */
	get isFull(): boolean {
		return this.#values.size >= this.most;
	}

	get size(): number {
		return this.#values.size;
	}

	/** Takes a value in; answers whether it is new and long and random enough to be looked for without its name. */
	remember({
		value,
		ruleId,
		class: kind,
		replacement,
	}: Pick<Match, 'value' | 'ruleId' | 'class' | 'replacement'>): boolean {
		if (this.#values.has(value) || this.isFull || !isRecognisable(value, kind)) {
			return false;
		}

		this.#values.add(value);
		for (const form of formsOf(value)) {
			// A home folder becomes `~`; the name of its owner alone does not.
			const known: Known = {
				form,
				value,
				ruleId,
				class: kind,
				replacement: kind === 'pii.path' ? undefined : replacement,
			};
			this.#index(this.#starts, form.slice(0, gram), known);
			if (form.length > shortestPart) {
				this.#index(this.#ends, form.slice(-gram), known);
			}
		}

		return true;
	}

	/** Every place where a remembered value stands. */
	find(text: string): Match[] {
		const matches: Match[] = [];
		const triples = this.#triples;
		if (triples === undefined) {
			return matches;
		}

		for (let index = 0; index + gram <= text.length; index++) {
			if (triples[tripleAt(text, index)] === 0) {
				continue;
			}

			const piece = text.slice(index, index + gram);
			let whole = 0;
			for (const known of this.#starts.get(piece) ?? []) {
				const length = commonPrefix(text, index, known.form);
				whole = Math.max(whole, length === known.form.length ? length : 0);
				this.#add(matches, text, known, index, index + length);
			}

			for (const known of whole > 0 ? [] : (this.#ends.get(piece) ?? [])) {
				const length = commonSuffix(text, index + gram, known.form);
				this.#add(matches, text, known, index + gram - length, index + gram);
			}

			// What lies inside a value that was found is found with it; its end may begin the next one.
			index += Math.max(0, whole - gram);
		}

		return matches;
	}

	#add(matches: Match[], text: string, known: Known, start: number, end: number): void {
		const isWhole = end - start === known.form.length;
		if (!isWhole && (known.class !== 'secret' || !looksRandom(text.slice(start, end), shortestPart))) {
			return;
		}

		if (known.class !== 'secret' && (isWord(text, start - 1) || isWord(text, end))) {
			return;
		}

		matches.push({
			start,
			end,
			ruleId: known.ruleId,
			class: known.class,
			confidence: isWhole ? 'high' : 'medium',
			value: isWhole ? known.value : text.slice(start, end),
			specificity: 5,
			replacement: known.replacement,
		});
	}

	#index(map: Map<string, Known[]>, piece: string, known: Known): void {
		const list = map.get(piece);
		if (list === undefined) {
			map.set(piece, [known]);
		} else {
			list.push(known);
		}

		this.#triples ??= new Uint8Array(16_384);
		this.#triples[tripleAt(piece, 0)] = 1;
	}
}

const tripleAt = (text: string, index: number): number =>
	((text.charCodeAt(index) * 31 + text.charCodeAt(index + 1)) * 31 + text.charCodeAt(index + 2)) & 16_383;

const commonPrefix = (text: string, at: number, form: string): number => {
	let length = gram;
	while (length < form.length && text.charCodeAt(at + length) === form.charCodeAt(length)) {
		length++;
	}

	return length;
};

const commonSuffix = (text: string, end: number, form: string): number => {
	let length = gram;
	while (length < form.length && text.charCodeAt(end - 1 - length) === form.charCodeAt(form.length - 1 - length)) {
		length++;
	}

	return length;
};

const isWord = (text: string, index: number): boolean => /[\p{L}\p{N}]/u.test(text[index] ?? '');

/** Words and short values would be found everywhere. */
const isRecognisable = (value: string, kind: FindingClass): boolean => {
	if (kind !== 'secret') {
		return kind !== 'custom' && value.length >= gram;
	}

	const {digits, symbols, upper, lower} = shapeOf(value);
	const kinds = Number(digits > 0) + Number(symbols > 0) + Number(upper > 0) + Number(lower > 0);
	return (
		value.length >= gram &&
		value.length <= 8192 &&
		!isPlaceholder(value) &&
		(kinds >= 2 || value.length >= 16) &&
		!(value.length < 16 && isWordy(value))
	);
};

const entities: Record<string, string> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

/** The value as it stands in JSON, in an address, in HTML and in base64 (each of the three ways it may lie between other bytes). */
const formsOf = (value: string): Set<string> => {
	const forms = new Set<string>();
	const lines = value.split(/\s+|\\n/).filter(line => line.length >= 24);
	for (const line of lines.length > 1 ? lines : [value]) {
		forms.add(line);
		forms.add(JSON.stringify(line).slice(1, -1));
		forms.add(encoded(line));
		forms.add(line.replaceAll(/[&<>"']/g, character => entities[character] ?? character));
		for (let shift = 0; shift < 3; shift++) {
			const base64 = Buffer.from(`${'\0'.repeat(shift)}${line}`).toString('base64');
			const inner = base64.slice(shift === 0 ? 0 : shift + 1, Math.floor((Buffer.byteLength(line) + shift) / 3) * 4);
			forms.add(inner);
			forms.add(inner.replaceAll('+', '-').replaceAll('/', '_'));
		}
	}

	return new Set([...forms].filter(form => form.length >= gram));
};

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());
