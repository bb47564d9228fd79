import {base64, capitalized, eastern, filePath, folders, type Maker, outputBlock, sentence} from './makers.js';
import {Random} from './random.js';
import {anyWords, wordsOfOneText} from './vocabulary.js';

/*
Invented text of many sorts. Each project has a pool of each sort, made once, and its sessions cut pieces of any length from
it: making a gigabyte of logs then costs little more than writing it, and sessions of a project speak of the same things.
How many words there are, how often they come back and how long they are follows published sessions; see ../README.md.
*/

const poolLength = 256 * 1024;

/** Characters of a pool with the same words: about as long as a file of code. */
const oneText = 6000;

const poolOf = (make: Maker, stream: number, length: number): string => {
	const random = new Random(20_260_101, stream);
	const parts: string[] = [];
	let words = wordsOfOneText(random);
	for (let total = 0, textEnd = oneText; total < length; ) {
		const part = make(random, words);
		parts.push(part);
		total += part.length;
		if (total > textEnd) {
			words = wordsOfOneText(random);
			textEnd = total + oneText;
		}
	}

	return parts.join('');
};

const makers = {
	prose: {make: sentence, length: poolLength / 4},
	eastern: {make: eastern, length: poolLength / 4},
	output: {make: outputBlock(0), length: poolLength},
	easternOutput: {make: outputBlock(2), length: poolLength},
	base64: {make: base64, length: 16 * poolLength},
} as const;

type PoolKind = keyof typeof makers;

const pools = new Map<string, string>();

const poolFor = (kind: PoolKind, project: number): string => {
	const key = `${kind} ${project}`;
	const {make, length} = makers[kind];
	const pool = pools.get(key) ?? poolOf(make, 100 * project + Object.keys(makers).indexOf(kind), length);
	pools.set(key, pool);
	return pool;
};

const cut = (random: Random, pool: string, length: number): string => {
	const wanted = Math.max(1, Math.round(length));
	const from = random.between(0, pool.length - 1);
	if (from + wanted <= pool.length) {
		return pool.slice(from, from + wanted);
	}

	return (pool.slice(from) + pool.repeat(Math.ceil(wanted / pool.length))).slice(0, wanted);
};

/** So many characters of base64 that nobody can compress. */
export const base64Of = (random: Random, length: number): string => cut(random, poolFor('base64', 0), length);

/** What `encrypted_content` looks like. */
export const encrypted = (random: Random, length: number): string => `gAAAAA${base64Of(random, length)}`;

/** `said` is what a person and the model say to each other, in their language. */
export type TextKind = 'said' | 'prose' | 'output';

/** So many characters of a kind of text, from anywhere in its pool; longer texts go round it. */
export type Texts = (kind: TextKind, length: number) => string;

/** Projects that sessions belong to: a few have most of them. */
const projects = 70;

/** The texts of one session. */
export const textsOf = (random: Random, isEastern: boolean): Texts => {
	const project = random.rank(projects, 0.5);
	const kinds: Record<TextKind, PoolKind> = isEastern
		? {said: 'eastern', prose: 'prose', output: 'easternOutput'}
		: {said: 'prose', prose: 'prose', output: 'output'};
	return (kind, length) => cut(random, poolFor(kinds[kind], project), length);
};

/** A short phrase that opens a prompt and names it in lists. */
export const opening = (random: Random, isEastern: boolean): string => {
	const word = anyWords(random);
	return isEastern
		? `${word('han')}${word('han')}${word('kana')}`
		: capitalized(`${word('verb')} the ${word('quality')} ${word('thing')}`);
};

export const command = (random: Random, texts: Texts, scale: number): string => {
	const word = anyWords(random);
	return random.weighted<() => string>([
		[4, () => `sed -n '${random.between(1, 200)},${random.between(201, 400)}p' ${filePath(random)}`],
		[3, () => `rg -n "${word('thing')}" ${random.pick(folders)}`],
		[2, () => `npm test -- --grep ${word('thing')}`],
		[2, () => 'git status --short'],
		[1, () => `ls -la ${random.pick(folders)} && wc -l ${filePath(random)}`],
		[2, () => `python3 - <<'EOF'\n${texts('output', random.size(1300, 0.8) * scale)}\nEOF`],
	])();
};

export const patch = (random: Random, texts: Texts, length: number): string => {
	const body = texts('output', length)
		.split('\n')
		.map(line => `${random.pick(['+', '+', '-', ' '])}${line}`)
		.join('\n');
	return `*** Begin Patch\n*** Update File: ${filePath(random)}\n@@\n${body}\n*** End Patch\n`;
};

export const folderOf = (random: Random): string => {
	const word = anyWords(random);
	return `/home/ada/work/${word('thing')}-${word('thing')}`;
};
