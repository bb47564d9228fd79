// Texts with invented secrets, made when a test runs: no file of the repository holds anything shaped like a token.

const digits = '0123456789';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();

/** What the letter of a recipe stands for. */
const alphabets: Record<string, string> = {
	A: upper + lower + digits,
	M: upper + lower,
	a: lower + digits,
	U: upper + digits,
	d: digits,
	h: '0123456789abcdef',
	H: '0123456789ABCDEF',
	w: `${upper}${lower}${digits}-_`,
	b: `${upper}${lower}${digits}+/`,
	B: `${upper}234567`,
	o: `${lower}234567`,
	s: '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz',
	g: '023456789acdefghjklmnpqrstuvwxyz',
	G: '023456789ACDEFGHJKLMNPQRSTUVWXYZ',
	p: `${upper}${lower}${digits}!@#%^*_-+=?.~`,
};

/** A source of numbers below 1 that gives the same ones for the same seed. */
export const numbersFrom = (seed: number): (() => number) => {
	let state = seed * 2_654_435_761 + 12_345;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 4_294_967_296;
	};
};

/** Fills in a recipe: `<A36>` becomes 36 random letters and digits. */
export const fromRecipe = (recipe: string, seed = 1): string => {
	const next = numbersFrom(seed);
	return recipe.replaceAll(/<([A-Za-z])(\d+)>/g, (whole, letter: string, count: string) => {
		const alphabet = alphabets[letter];
		return alphabet === undefined
			? whole
			: Array.from({length: Number(count)}, () => alphabet[Math.floor(next() * alphabet.length)]).join('');
	});
};

/** A text whose secrets stand between `«` and `»`, without these, and where the secrets are. */
export const marked = (text: string): {text: string; ranges: {start: number; end: number}[]} => {
	const ranges: {start: number; end: number}[] = [];
	let plain = '';
	for (const [index, part] of text.split(/[«»]/).entries()) {
		if (index % 2 === 1) {
			ranges.push({start: plain.length, end: plain.length + part.length});
		}

		plain += part;
	}

	return {text: plain, ranges};
};

/** What of the ranges no finding covers. */
export const uncovered = (
	text: string,
	ranges: {start: number; end: number}[],
	findings: {start: number; end: number}[],
): string => {
	const isCovered = new Uint8Array(text.length);
	for (const {start, end} of findings) {
		isCovered.fill(1, start, end);
	}

	return ranges
		.map(({start, end}) => [...text.slice(start, end)].filter((_, index) => isCovered[start + index] !== 1).join(''))
		.join('');
};
