import type {Span, Tone} from './span.js';

/** What a shell has switched on; colours are numbers of the 16-colour palette. */
export type SgrState = {
	foreground: number | null;
	background: number | null;
	bold: boolean;
	dim: boolean;
	italic: boolean;
	underline: boolean;
	strikethrough: boolean;
	inverse: boolean;
};

export const sgrReset: Readonly<SgrState> = {
	foreground: null,
	background: null,
	bold: false,
	dim: false,
	italic: false,
	underline: false,
	strikethrough: false,
	inverse: false,
};

/** Conceal (8) and blink (5, 6) are missing on purpose: a reader sees everything, and it stands still. */
const switches = new Map<number, Partial<SgrState>>([
	[0, sgrReset],
	[1, {bold: true}],
	[2, {dim: true}],
	[3, {italic: true}],
	[4, {underline: true}],
	[7, {inverse: true}],
	[9, {strikethrough: true}],
	[21, {underline: true}],
	[22, {bold: false, dim: false}],
	[23, {italic: false}],
	[24, {underline: false}],
	[27, {inverse: false}],
	[29, {strikethrough: false}],
	[39, {foreground: null}],
	[49, {background: null}],
]);

type Rgb = readonly [number, number, number];

/** The palette as xterm draws it; only used to find the nearest neighbour of other colours. */
const palette: readonly Rgb[] = [
	[0, 0, 0],
	[205, 0, 0],
	[0, 205, 0],
	[205, 205, 0],
	[0, 0, 238],
	[205, 0, 205],
	[0, 205, 205],
	[229, 229, 229],
	[127, 127, 127],
	[255, 0, 0],
	[0, 255, 0],
	[255, 255, 0],
	[92, 92, 255],
	[255, 0, 255],
	[0, 255, 255],
	[255, 255, 255],
];

const nearest = ([red, green, blue]: Rgb): number => {
	let best = 0;
	let bestDistance = Number.POSITIVE_INFINITY;
	for (const [index, [r, g, b]] of palette.entries()) {
		const distance = (red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2;
		if (distance < bestDistance) {
			best = index;
			bestDistance = distance;
		}
	}

	return best;
};

const cubeLevel = (step: number): number => (step === 0 ? 0 : 55 + step * 40);

/** A colour of the 256-colour table as one of the 16. */
const fromTable = (index: number): number => {
	if (index < 16) {
		return index;
	}

	if (index >= 232) {
		const grey = 8 + (index - 232) * 10;
		return nearest([grey, grey, grey]);
	}

	const cube = index - 16;
	return nearest([cubeLevel(Math.floor(cube / 36)), cubeLevel(Math.floor(cube / 6) % 6), cubeLevel(cube % 6)]);
};

/** Reads `5;n` or `2;r;g;b` after a 38 or 48; says how many numbers it used. */
const readColour = (numbers: readonly number[], start: number): {colour: number | null; used: number} => {
	const byte = (offset: number) => Math.min(numbers[start + offset] ?? 0, 255);
	if (numbers[start] === 5) {
		return {colour: fromTable(byte(1)), used: 2};
	}

	return numbers[start] === 2 ? {colour: nearest([byte(1), byte(2), byte(3)]), used: 4} : {colour: null, used: 1};
};

const basicColour = (code: number, base: number): number | null => {
	if (code >= base && code < base + 8) {
		return code - base;
	}

	return code >= base + 60 && code < base + 68 ? code - base - 60 + 8 : null;
};

/** One parameter with sub-parameters: `4:0` switches off, `38:2::r:g:b` has an empty colour space. */
const applyColons = (state: SgrState, parameter: string): SgrState => {
	const fields = parameter.split(':', 8);
	const code = Number(fields[0]);
	if (code === 4) {
		return {...state, underline: fields[1] !== '0'};
	}

	if (code !== 38 && code !== 48) {
		return state;
	}

	const numbers = (fields[1] === '2' && fields.length > 5 ? fields.toSpliced(2, 1) : fields).map(Number);
	const {colour} = readColour(numbers, 1);
	return code === 38 ? {...state, foreground: colour} : {...state, background: colour};
};

/** The state after a sequence; anything but `CSI … m` leaves it alone. */
export const applySgr = (state: SgrState, sequence: string): SgrState => {
	const body = /^(?:\x1b\[|\x9b)([\d;:]*)m$/.exec(sequence)?.[1];
	if (body === undefined) {
		return state;
	}

	const parameters = body.split(';', 32);
	const numbers = parameters.map(Number);
	let next = {...state};
	for (let index = 0; index < parameters.length; index++) {
		const code = numbers[index] ?? 0;
		if (parameters[index]?.includes(':')) {
			next = applyColons(next, parameters[index] ?? '');
		} else if (code === 38 || code === 48) {
			const {colour, used} = readColour(numbers, index + 1);
			next = code === 38 ? {...next, foreground: colour} : {...next, background: colour};
			index += used;
		} else {
			next = {...next, ...switches.get(code)};
			next.foreground = basicColour(code, 30) ?? next.foreground;
			next.background = basicColour(code, 40) ?? next.background;
		}
	}

	return next;
};

/**
The style of text in this state. Spans have no background, so a coloured background is shown as inverse
text in that colour: a badge stays a badge, and text in its background's own colour stays readable.
*/
export const sgrStyle = (state: SgrState): Omit<Span, 'text'> => {
	const style: Omit<Span, 'text'> = {};
	const colour = state.background ?? state.foreground;
	if (colour !== null) {
		style.tone = `ansi-${colour}` as Tone;
	} else if (state.dim) {
		style.tone = 'dim';
	}

	if ((state.background !== null) !== state.inverse) {
		style.inverse = true;
	}

	for (const name of ['bold', 'italic', 'underline', 'strikethrough'] as const) {
		if (state[name]) {
			style[name] = true;
		}
	}

	return style;
};
