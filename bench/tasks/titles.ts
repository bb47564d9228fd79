// Titles of 100,000 invented sessions, asked for with a typing mistake each.
import process from 'node:process';
import type {SessionSummary} from '../../source/model/session.js';
import {SessionTitles} from '../../source/search/session-titles.js';
import {Random} from '../generate/random.js';

export type TitlesReport = {
	/** Processor time of each question. */
	ms: number[];
	/** Until all sessions are known. */
	learnMs: number;
	asked: number;
	/** Questions whose session is among the first ten. */
	found: number;
};

const random = new Random(11);
const syllables =
	'ba be bi bo ca ce chi da de do fa fi ga ge ha he in ka ke la le li ma me mi na ne no pa pe ra re ri sa se so ta te ti va ve wo'.split(
		' ',
	);
const vocabulary = Array.from({length: 8000}, () =>
	Array.from({length: random.between(2, 4)}, () => random.pick(syllables)).join(''),
);
const frequent = vocabulary.slice(0, 300);
const word = (): string => random.pick(random.chance(0.6) ? frequent : vocabulary);

const sessions = Array.from({length: 100_000}, (_, id): SessionSummary => {
	const title = `${Array.from({length: random.between(4, 9)}, word).join(' ')} ${id.toString(36)}`;
	const cwd = `/home/ada/${random.pick(frequent)}/${word()}`;
	const startedAt = new Date(Date.UTC(2026, 0, 1) - id * 60_000).toISOString();
	return {
		id,
		threadId: String(id),
		title,
		cwd,
		gitBranch: `feature/${word()}`,
		gitRepositoryUrl: null,
		startedAt,
	} as SessionSummary;
});

/** One letter left out, doubled or taken for its neighbour. */
const mistyped = (text: string): string => {
	const at = random.between(1, text.length - 2);
	const [before, letter, after] = [text.slice(0, at), text.charAt(at), text.slice(at + 1)];
	return random.pick([
		before + after,
		before + letter + letter + after,
		before + (after[0] ?? '') + letter + after.slice(1),
	]);
};

const titles = new SessionTitles();
const learnFrom = process.threadCpuUsage();
for (const _ of titles.learn(sessions, '1', () => [])) {
	// Only the time counts.
}

const learned = process.threadCpuUsage(learnFrom);
const learnMs = (learned.user + learned.system) / 1000;
const ms: number[] = [];
let found = 0;
const asked = 200;
for (let question = 0; question < asked; question++) {
	const session = random.pick(sessions);
	const words = (session.title ?? '').split(' ').filter(one => one.length >= 4);
	const typed = [mistyped(words[0] ?? 'none'), ...words.slice(1, 3)];
	const start = process.threadCpuUsage();
	const search = titles.find(
		typed,
		false,
		() => true,
		10,
		text => text,
	);
	let step = search.next();
	while (!step.done) {
		step = search.next();
	}

	const {user, system} = process.threadCpuUsage(start);
	ms.push((user + system) / 1000);
	found += Number(step.value.some(hit => hit.session.id === session.id));
}

const report: TitlesReport = {ms, learnMs, asked, found};
console.log(JSON.stringify(report));
