import type {Random} from './random.js';
import {anyWords, type Words} from './vocabulary.js';

const articles: readonly (readonly [number, string])[] = [
	[4, 'the'],
	[2, 'a'],
	[1, 'this'],
	[1, 'its'],
	[1, 'one'],
	[1, 'that'],
	[1, 'no'],
	[1, 'each'],
];
const joints =
	'and to then of but so because while where which after before in under with without into from beside near until on for if as or when by is at'.split(
		' ',
	);
export const folders = 'source test docs scripts assets tools'.split(' ');
const endings = 'ts tsx md json py rs css sql'.split(' ');
const keywords =
	'const let return if await for function import export from new type null true self def class string'.split(' ');

/** Writes a piece of text. */
export type Maker = (random: Random, word: Words) => string;

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const clause: Maker = (random, word) =>
	[
		word('verb'),
		random.weighted(articles),
		random.chance(0.4) ? word('quality') : '',
		random.chance(0.12) ? `\`${word('name')}\`` : word('thing'),
	]
		.filter(Boolean)
		.join(' ');

export const sentence: Maker = (random, word) => {
	const parts = Array.from({length: random.between(1, 3)}, () => clause(random, word));
	const text = parts.join(` ${joints[random.rank(joints.length, 6)]} `);
	const end = random.weighted([
		[14, '. '],
		[2, '.\n'],
		[1, '.\n\n- '],
		[1, ': '],
	]);
	return capitalized(text) + end;
};

/** Han or Kana without spaces between words, and names of things in Latin letters. */
export const eastern: Maker = (random, word) => {
	const sort = random.chance(0.7) ? 'han' : 'kana';
	const words = Array.from({length: random.between(3, 9)}, () =>
		random.chance(0.3) ? ` ${random.chance(0.5) ? `\`${word('name')}\`` : word('thing')} ` : word(sort),
	);
	return words.join('') + random.pick(['。', '。', '，', '。\n', ' ✅ ']);
};

/** What is named in code, now and then by a word alone. */
const name: Maker = (random, word) => (random.chance(0.25) ? word('name') : word('thing'));

const fileOf: Maker = (random, word) =>
	`${random.pick(folders)}/${word('thing')}/${word('verb')}-${word('thing')}.${random.pick(endings)}`;

export const filePath = (random: Random): string => fileOf(random, anyWords(random));

const codeLine: Maker = (random, word) =>
	`${random.pick(['\t', '  ', '    '])}${random.pick(keywords)} ${name(random, word)}${random.pick(['.', ' = ', ', ', ': '])}${name(random, word)}(${random.chance(0.4) ? random.rank(100, 3) : name(random, word)});`;

/** What commands print: listings, code, test results, searches; with so many comments in Han and Kana to 16 other lines. */
export const outputBlock =
	(comments: number): Maker =>
	(random, word) => {
		const file = fileOf(random, word);
		const lines = random.between(4, 18);
		const line = random.weighted<() => string>([
			[7, () => codeLine(random, word)],
			[4, () => `${file}:${1 + random.rank(600, 12)}:${codeLine(random, word)}`],
			[2, () => `  // ${clause(random, word)}`],
			[comments, () => `  // ${eastern(random, word).trimEnd()}`],
			[
				1,
				() =>
					`${random.pick(['✓', 'ok', '  not ok'])} ${word('verb')}s the ${word('thing')} (${1 + random.rank(300, 4)} ms)`,
			],
			[1, () => `-rw-r--r-- 1 ada staff ${`${random.between(1, 99)}K`.padStart(4)} ${fileOf(random, word)}`],
			[
				1,
				() =>
					`\u001B[3${random.between(1, 6)}m${name(random, word)}\u001B[0m ${random.chance(0.2) ? random.hex(7) : clause(random, word)}`,
			],
		]);
		return `${Array.from({length: lines}, line).join('\n')}\n`;
	};

export const base64: Maker = random => {
	const bytes = new Uint8Array(3 * 256);
	for (let at = 0; at < bytes.length; at++) {
		bytes[at] = random.next() * 256;
	}

	return Buffer.from(bytes).toString('base64');
};
