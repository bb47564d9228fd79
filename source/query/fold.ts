/** A text as words are compared: small letters without accents, and where each of them stood. */
export type Folded = {
	text: string;
	/** Place in the original of a place in the folded text; its end too. */
	origin(place: number): number;
};

const accents = /\p{M}/gu;
const ascii = /^[\x00-\x7f]*$/;

/** What characters beyond ASCII were folded to: a text has few different ones. */
const folded = new Map<string, string>();

/** One character as SQLite's unicode61 tokenizer compares it. */
const foldCharacter = (character: string): string => {
	if (character <= '\x7f') {
		return character.toLowerCase();
	}

	const known = folded.get(character);
	if (known !== undefined) {
		return known;
	}

	const letters = character.normalize('NFD').replaceAll(accents, '').toLowerCase();
	folded.set(character, letters);
	return letters;
};

export const foldWord = (word: string): string =>
	ascii.test(word) ? word.toLowerCase() : [...word].map(foldCharacter).join('');

/** Small letters at the same places, accents left as they are: as good in most texts, and a hundred times as fast; undefined in the others. */
export const roughlyFold = (text: string): Folded | undefined => {
	const small = text.toLowerCase();
	return small.length === text.length ? {text: small, origin: place => place} : undefined;
};

/** Accents that stand on their own belong to the letter before. */
export const fold = (text: string): Folded => {
	if (ascii.test(text)) {
		return {text: text.toLowerCase(), origin: place => place};
	}

	const origins: number[] = [];
	let folded = '';
	let at = 0;
	for (const character of text) {
		const letters = foldCharacter(character);
		for (let unit = 0; unit < letters.length; unit++) {
			origins.push(at);
		}

		folded += letters;
		at += character.length;
	}

	origins.push(at);
	return {text: folded, origin: place => origins[place] ?? at};
};
