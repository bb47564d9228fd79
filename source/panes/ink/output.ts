import Original from '../../../node_modules/ink/build/output.js';
import {styledCharsFromTokens, styledCharsToString, tokenize} from './ansi-tokenize.js';
import {memoByText, someFrames} from './memo.js';
import stringWidth from './string-width.js';

type Size = ConstructorParameters<typeof Original>[0];
type Write = Parameters<Original['write']>;
type Line = {text: string; cells: number};

/** The screen lines of a text, as the original puts them together again after it took them apart. */
const linesOf = memoByText(someFrames, (text): Line[] => {
	const characters = styledCharsFromTokens(tokenize(text)).filter(
		({value}) => !/^\p{Default_Ignorable_Code_Point}+$/u.test(value),
	);
	const lines: (typeof characters)[] = [[]];
	for (const character of characters) {
		if (character.value === '\n') {
			lines.push([]);
		} else {
			lines.at(-1)?.push(character);
		}
	}

	return lines.map(line => ({
		text: styledCharsToString(line),
		cells: line.reduce((cells, {value}) => cells + Math.max(1, stringWidth(value)), 0),
	}));
});

/** Texts that stand beside each other, row by row; undefined where one covers another or reaches beyond the screen. */
const beside = (writes: readonly Write[], {width, height}: Size): string[] | undefined => {
	const rows = Array.from({length: height}, (): Line => ({text: '', cells: 0}));
	for (const [x, y, text, {transformers}] of writes) {
		for (const [index, plain] of linesOf(text).entries()) {
			const row = rows[y + index];
			const styled = transformers.reduce((line, transform) => transform(line, index), plain.text);
			const [line] = linesOf(styled);
			if (!row || line === undefined || line.cells === 0) {
				continue;
			}

			if (x < row.cells || x + line.cells > width) {
				return undefined;
			}

			row.text += ' '.repeat(x - row.cells) + line.text;
			row.cells = x + line.cells;
		}
	}

	return rows.map(({text}) => text.trimEnd());
};

/**
Takes the place of Ink's output, which makes an object of every cell of every frame. Same answers: rows of texts that only stand
beside each other, as ours nearly always do, are put together from texts that are known from frames before. Clipping and
covering are left to the original. Drop it when Ink no longer draws what has not changed.
*/
export default class Output {
	private readonly writes: Write[] = [];
	private readonly calls: ((output: Original) => void)[] = [];
	private isClipped = false;

	constructor(private readonly size: Size) {}

	write(...write: Write): void {
		this.calls.push(output => output.write(...write));
		this.writes.push(write);
	}

	clip(...clip: Parameters<Original['clip']>): void {
		this.isClipped = true;
		this.calls.push(output => output.clip(...clip));
	}

	unclip(): void {
		this.calls.push(output => output.unclip());
	}

	get(): {output: string; height: number} {
		const rows = this.isClipped ? undefined : beside(this.writes, this.size);
		if (rows) {
			return {output: rows.join('\n'), height: rows.length};
		}

		const original = new Original(this.size);
		for (const call of this.calls) {
			call(original);
		}

		return original.get();
	}
}
