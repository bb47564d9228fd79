import type {IBufferCell} from '@xterm/headless';
import type {Terminal} from '../test/helpers/terminal.js';

const fonts = "'JetBrains Mono','SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK JP',monospace";

/** Sizes of a cell, by the proportions of common monospaced fonts. */
const fontSize = 14;
const cellWidth = 8.43;
const cellHeight = 18;
const baseline = 13.5;
const margin = 14;
const titleBar = 30;

/** What a terminal draws where a program says nothing, or one of sixteen. */
type Scheme = {background: string; foreground: string; quiet: string; sixteen: readonly string[]};

const schemes = {
	dark: {
		background: '#16181d',
		foreground: '#d5daea',
		quiet: '#8a8f98',
		sixteen: [
			['#2b2f37', '#f7768e', '#9ece6a', '#e0af68', '#7aa2f7', '#bb9af7', '#7dcfff', '#c0caf5'],
			['#6b7080', '#ff9aa8', '#b9f27c', '#ffcf8a', '#9dbbff', '#d3b8ff', '#a9e3ff', '#ffffff'],
		].flat(),
	},
	light: {
		background: '#ffffff',
		foreground: '#24292f',
		quiet: '#6e7781',
		sixteen: [
			['#24292f', '#cf222e', '#116329', '#7d4e00', '#0969da', '#8250df', '#1b7c83', '#6e7781'],
			['#57606a', '#a40e26', '#1a7f37', '#633c01', '#218bff', '#a475f9', '#3192aa', '#8c959f'],
		].flat(),
	},
} as const satisfies Record<'dark' | 'light', Scheme>;

type Look = {ink: string; paper: string; style: string};
type Run = Look & {x: number; width: number; text: string};

const round = (value: number): number => Number(value.toFixed(2));
const left = (x: number): number => round(margin + x * cellWidth);
const top = (y: number): number => round(margin + titleBar + y * cellHeight);

const channels = (colour: string): number[] => [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16));

const hex = (values: readonly number[]): string =>
	`#${values.map(value => Math.round(value).toString(16).padStart(2, '0')).join('')}`;

/** Of the 256: sixteen of the theme, a cube of six steps, greys. */
const indexed = (index: number, {sixteen, foreground}: Scheme): string => {
	if (index < 16) {
		return sixteen[index] ?? foreground;
	}

	if (index > 231) {
		return hex(Array(3).fill(8 + (index - 232) * 10));
	}

	const steps = [36, 6, 1].map(divisor => Math.floor((index - 16) / divisor) % 6);
	return hex(steps.map(step => (step === 0 ? 0 : 55 + step * 40)));
};

const colourOf = (isDefault: boolean, isRgb: boolean, value: number, fallback: string, scheme: Scheme): string => {
	if (isDefault) {
		return fallback;
	}

	return isRgb ? `#${value.toString(16).padStart(6, '0')}` : indexed(value, scheme);
};

const faded = (ink: string, paper: string): string => {
	const below = channels(paper);
	return hex(channels(ink).map((value, index) => value * 0.6 + (below[index] ?? 0) * 0.4));
};

const lookOf = (cell: IBufferCell, scheme: Scheme): Look => {
	let ink = colourOf(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor(), scheme.foreground, scheme);
	let paper = colourOf(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor(), scheme.background, scheme);
	if (cell.isInverse()) {
		[ink, paper] = [paper, ink];
	}

	const lines = [cell.isUnderline() ? 'underline' : '', cell.isStrikethrough() ? 'line-through' : ''].filter(Boolean);
	return {
		ink: cell.isDim() ? faded(ink, paper) : ink,
		paper,
		style: [
			cell.isBold() ? ' font-weight="bold"' : '',
			cell.isItalic() ? ' font-style="italic"' : '',
			lines.length > 0 ? ` text-decoration="${lines.join(' ')}"` : '',
		].join(''),
	};
};

/** Only runs of ASCII keep to the grid by themselves; every other character stands alone. */
const joins = (run: Run | undefined, look: Look, text: string): boolean =>
	run !== undefined &&
	run.ink === look.ink &&
	run.paper === look.paper &&
	run.style === look.style &&
	/^[ -~]$/.test(text) &&
	/^[ -~]+$/.test(run.text);

const runsOf = (terminal: Terminal, y: number, scheme: Scheme): Run[] => {
	const runs: Run[] = [];
	for (let x = 0; x < terminal.size.cols; x++) {
		const cell = terminal.cell(x, y);
		const width = cell?.getWidth() ?? 0;
		if (cell === undefined || width === 0) {
			continue;
		}

		const text = cell.getChars() || ' ';
		const look = lookOf(cell, scheme);
		const last = runs.at(-1);
		if (last !== undefined && joins(last, look, text)) {
			last.text += text;
			last.width += width;
		} else {
			runs.push({...look, x, width, text});
		}
	}

	return runs;
};

const rect = (x: number, y: number, width: number, height: number, fill: string): string =>
	`<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"/>`;

/** Lines between panes and bars beside rows are drawn, since glyphs would leave gaps between rows. */
const drawn = (run: Run, y: number): string | undefined => {
	const middle = left(run.x) + cellWidth / 2;
	switch (run.text) {
		case '│':
			return rect(middle - 0.5, top(y), 1, cellHeight, run.ink);
		case '─':
			return rect(left(run.x), top(y) + cellHeight / 2 - 0.5, cellWidth, 1, run.ink);
		case '▌':
			return rect(left(run.x), top(y), cellWidth / 2, cellHeight, run.ink);
		default:
			return undefined;
	}
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const inkOf = (run: Run, y: number): string | undefined => {
	const shape = drawn(run, y);
	if (shape !== undefined || run.text.trim() === '') {
		return shape;
	}

	// Blanks at the ends of a run are left out, as not every program that draws this keeps them.
	const start = run.text.length - run.text.trimStart().length;
	const text = run.text.trim();
	const width = /^[ -~]+$/.test(text) ? text.length : run.width;
	const length = round(width * cellWidth);
	return `<text x="${left(run.x + start)}" y="${round(top(y) + baseline)}" fill="${run.ink}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${run.style}>${escaped(text)}</text>`;
};

const paperOf = (run: Run, y: number, {background}: Scheme): string[] =>
	run.paper === background ? [] : [rect(left(run.x), top(y), run.width * cellWidth + 0.2, cellHeight + 0.2, run.paper)];

/** The screen of a terminal as a picture of a window; the same screen gives the same bytes. */
export const svgOf = (terminal: Terminal, title: string, background: 'dark' | 'light'): string => {
	const scheme = schemes[background];
	const {cols, rows} = terminal.size;
	const width = Math.ceil(cols * cellWidth + margin * 2);
	const height = Math.ceil(rows * cellHeight + margin * 2 + titleBar);
	const all = Array.from({length: rows}, (_, y) => runsOf(terminal, y, scheme));
	const buttons = ['#f7768e', '#e0af68', '#9ece6a'].map(
		(fill, index) => `<circle cx="${22 + index * 20}" cy="21" r="6" fill="${fill}"/>`,
	);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
		`<title>${escaped(title)}</title>`,
		`<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10" fill="${scheme.background}" stroke="${scheme.quiet}" stroke-opacity="0.4"/>`,
		...buttons,
		`<g font-family="${fonts}" font-size="${fontSize}" xml:space="preserve">`,
		`<text x="${width / 2}" y="26" fill="${scheme.quiet}" text-anchor="middle">${escaped(title)}</text>`,
		...all.flatMap((runs, y) => runs.flatMap(run => paperOf(run, y, scheme))),
		...all.flatMap((runs, y) => runs.flatMap(run => inkOf(run, y) ?? [])),
		'</g>',
		'</svg>',
		'',
	].join('\n');
};
