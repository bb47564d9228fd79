import {Random} from './random.js';

/*
Invented text of many sorts. Each sort is made once as a long pool, and pieces of any length are cut from
it: making a gigabyte of logs then costs little more than writing it.
*/

const verbs =
	'add fix move check read write split join sort count keep drop rename explain test measure draw list find merge open close send build parse store load wrap trim cache retry log guard mock seed plan review'.split(
		' ',
	);
const things =
	'parser header invoice basket ledger garden kettle lantern harbour orchard compass ticket quiver shelf meadow bridge cellar window pocket signal wagon barrel engine spool ribbon kiln anchor beacon cradle furnace gallery hammock inkwell jigsaw'.split(
		' ',
	);
const qualities =
	'small wide early quiet empty broken second rapid stale clean narrow lazy strict loose broad steady faint brisk spare hollow'.split(
		' ',
	);
const joints =
	'and then but so because while where which after before under with without into from beside near until'.split(' ');
const hanWords =
	'修复 测试 文件 登录 页面 增加 缓存 日志 解析 数据库 错误 重构 检查 部署 接口 订单 图片 颜色 按钮 说明'.split(' ');
const kanaWords = 'テスト を 追加 して ください ファイル の 名前 変更 画面 エラー 直す 設定 一覧 表示 ログ'.split(' ');
const folders = 'source test docs scripts assets tools'.split(' ');
const endings = 'ts tsx md json py rs css sql'.split(' ');

const poolLength = 256 * 1024;

type Maker = (random: Random) => string;

const sentence: Maker = random => {
	const parts = Array.from({length: random.between(1, 3)}, () =>
		[random.pick(verbs), 'the', random.chance(0.5) ? random.pick(qualities) : '', random.pick(things)]
			.filter(Boolean)
			.join(' '),
	);
	const text = parts.join(` ${random.pick(joints)} `);
	const end = random.weighted([
		[14, '. '],
		[2, '.\n'],
		[1, '.\n\n- '],
		[1, ': '],
	]);
	return text.charAt(0).toUpperCase() + text.slice(1) + end;
};

const eastern: Maker = random => {
	const words = random.chance(0.7) ? hanWords : kanaWords;
	const text = Array.from({length: random.between(3, 9)}, () => random.pick(words)).join('');
	return text + random.pick(['。', '。', '，', '。\n', ' ✅ ']);
};

export const filePath: Maker = random =>
	`${random.pick(folders)}/${random.pick(things)}/${random.pick(verbs)}-${random.pick(things)}.${random.pick(endings)}`;

/** What commands print: listings, code, test results, searches. */
const outputBlock: Maker = random => {
	const file = filePath(random);
	const lines = random.between(4, 18);
	const line = random.weighted<() => string>([
		[
			4,
			() =>
				`${random.pick(['\t', '\t\t', ''])}${random.pick(['const', 'let', 'return', 'if (', 'await'])} ${random.pick(things)}${random.pick(['.', ' = ', ', '])}${random.pick(verbs)}(${random.pick(things)});`,
		],
		[
			3,
			() =>
				`${file}:${random.between(1, 900)}:  ${random.pick(verbs)} ${random.pick(things)} "${random.pick(qualities)}"`,
		],
		[
			2,
			() =>
				`${random.pick(['✓', 'ok', '  not ok'])} ${random.pick(verbs)}s the ${random.pick(things)} (${random.between(1, 400)} ms)`,
		],
		[1, () => `-rw-r--r-- 1 ada staff ${String(random.between(10, 99_999)).padStart(6)} ${filePath(random)}`],
		[1, () => `\u001B[3${random.between(1, 6)}m${random.pick(things)}\u001B[0m ${random.hex(12)}`],
	]);
	return `${Array.from({length: lines}, line).join('\n')}\n`;
};

const base64: Maker = random => {
	const bytes = new Uint8Array(3 * 256);
	for (let at = 0; at < bytes.length; at++) {
		bytes[at] = random.next() * 256;
	}

	return Buffer.from(bytes).toString('base64');
};

const poolOf = (make: Maker, stream: number, length = poolLength): string => {
	const random = new Random(20_260_101, stream);
	const parts: string[] = [];
	for (let total = 0; total < length; ) {
		const part = make(random);
		parts.push(part);
		total += part.length;
	}

	return parts.join('');
};

const lazy = (make: Maker, stream: number, length?: number): (() => string) => {
	let pool: string | undefined;
	return () => {
		pool ??= poolOf(make, stream, length);
		return pool;
	};
};

const pools = {
	prose: lazy(sentence, 1),
	eastern: lazy(eastern, 2),
	output: lazy(outputBlock, 3, 4 * poolLength),
	base64: lazy(base64, 4, 16 * poolLength),
};

export type TextKind = keyof typeof pools;

/** So many characters of a kind of text, from anywhere in its pool; longer texts go round it. */
export const textOf = (random: Random, kind: TextKind, length: number): string => {
	const pool = pools[kind]();
	const wanted = Math.max(1, Math.round(length));
	const from = random.between(0, pool.length - 1);
	if (from + wanted <= pool.length) {
		return pool.slice(from, from + wanted);
	}

	return (pool.slice(from) + pool.repeat(Math.ceil(wanted / pool.length))).slice(0, wanted);
};

/** A short phrase that opens a prompt and names it in lists. */
export const opening = (random: Random, isEastern: boolean): string =>
	isEastern
		? `${random.pick(hanWords)}${random.pick(hanWords)}${random.pick(kanaWords)}`
		: `${random.pick(verbs)} the ${random.pick(qualities)} ${random.pick(things)}`.replace(/^./, letter =>
				letter.toUpperCase(),
			);

/** What `encrypted_content` looks like: base64 that nobody can read or compress. */
export const encrypted = (random: Random, length: number): string => `gAAAAA${textOf(random, 'base64', length)}`;

export const command = (random: Random, scale: number): string =>
	random.weighted<() => string>([
		[4, () => `sed -n '${random.between(1, 200)},${random.between(201, 400)}p' ${filePath(random)}`],
		[3, () => `rg -n "${random.pick(things)}" ${random.pick(folders)}`],
		[2, () => `npm test -- --grep ${random.pick(things)}`],
		[2, () => 'git status --short'],
		[1, () => `ls -la ${random.pick(folders)} && wc -l ${filePath(random)}`],
		[2, () => `python3 - <<'EOF'\n${textOf(random, 'output', random.size(1300, 0.8) * scale)}\nEOF`],
	])();

export const patch = (random: Random, length: number): string => {
	const body = textOf(random, 'output', length)
		.split('\n')
		.map(line => `${random.pick(['+', '+', '-', ' '])}${line}`)
		.join('\n');
	return `*** Begin Patch\n*** Update File: ${filePath(random)}\n@@\n${body}\n*** End Patch\n`;
};

export const folderOf = (random: Random): string => `/home/ada/work/${random.pick(things)}-${random.pick(things)}`;
