import {Random} from './random.js';

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
const hanWords =
	'修复 测试 文件 登录 页面 增加 缓存 日志 解析 数据库 错误 重构 检查 部署 接口 订单 图片 颜色 按钮 说明'.split(' ');
const kanaWords = 'テスト を 追加 して ください ファイル の 名前 変更 画面 エラー 直す 設定 一覧 表示 ログ'.split(' ');

const onsets = 'b c d f g h j k l m n p r s t v w br cl fl gr st tr'.split(' ');
const vowels = 'a e i o u ea ou'.split(' ');
const codas = ['', '', '', 'l', 'n', 'r', 's', 't', 'nd', 'rk'];

const syllable = (random: Random): string => random.pick(onsets) + random.pick(vowels) + random.pick(codas);

/** An invented word; the rarer it is to be, the longer. */
const latinWord = (random: Random, place: number): string =>
	Array.from({length: random.between(1, 2) + Number(place > 150)}, () => syllable(random)).join('');

/** Names in code are of several words, with capitals or underscores. */
const nameOf = (random: Random): string => {
	const word = anyWords(random);
	const thing = word('thing');
	return random.chance(0.75)
		? word('verb') + thing.charAt(0).toUpperCase() + thing.slice(1)
		: `${word('quality')}_${thing}`;
};

const hanWord = (random: Random): string =>
	Array.from({length: random.between(1, 3)}, () => String.fromCodePoint(0x4e00 + 13 * random.rank(1500, 60))).join('');

const kanaWord = (random: Random): string =>
	Array.from({length: random.between(2, 4)}, () => String.fromCodePoint(0x30a2 + random.between(0, 75))).join('');

/** So many words, the frequent ones first: those that are known, then invented ones. */
const listOf = (
	known: readonly string[],
	count: number,
	stream: number,
	invent: (random: Random, place: number) => string,
): string[] => {
	const random = new Random(20_260_101, stream);
	const words = new Set(known);
	while (words.size < count) {
		words.add(invent(random, words.size));
	}

	return [...words];
};

const lazily = <T>(make: () => T): (() => T) => {
	let made: T | undefined;
	return () => {
		made ??= make();
		return made;
	};
};

/** All words that anybody uses, by what they are for. */
const language = {
	verb: lazily(() => listOf(verbs, 800, 11, latinWord)),
	thing: lazily(() => listOf(things, 8000, 12, latinWord)),
	quality: lazily(() => listOf(qualities, 1500, 13, latinWord)),
	name: lazily(() => listOf([], 6000, 16, nameOf)),
	han: lazily(() => listOf(hanWords, 4000, 14, hanWord)),
	kana: lazily(() => listOf(kanaWords, 1000, 15, kanaWord)),
};

export type Sort = keyof typeof language;

/** Draws a word of a sort. */
export type Words = (sort: Sort) => string;

/** Of all words, by how common they are. */
export const anyWords =
	(random: Random): Words =>
	sort => {
		const all = language[sort]();
		return all[random.rank(all.length, 30)] as string;
	};

/** Words that one text has of each sort. */
const wordsOfText: Record<Sort, number> = {verb: 16, thing: 52, quality: 14, name: 18, han: 60, kana: 24};

/** Of those that one text has: it comes back to few of all words, and to some of these more often than to others. */
export const wordsOfOneText = (random: Random): Words => {
	const any = anyWords(random);
	const chosen = new Map<Sort, string[]>();
	return sort => {
		const own = chosen.get(sort) ?? Array.from({length: wordsOfText[sort]}, () => any(sort));
		chosen.set(sort, own);
		return own[random.rank(own.length, 4)] as string;
	};
};
