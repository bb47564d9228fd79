import fs from 'node:fs';
import {test} from 'node:test';
import fc from 'fast-check';
import {
	answeredTwice,
	askedTwice,
	event,
	type Fields,
	functionCall,
	functionOutput,
	item,
	legacyTurn,
	meta,
	moment,
	paginatedTurn,
	rolloutOf,
	threadId,
} from '../helpers/rollout.js';
import {assertSameContent, assertSound, Home, idOf, logName, presentContent} from './home.js';

/*
Threads that came from each other, in every form that releases wrote them, become known in any order, whole or
piece by piece: the database holds the same in the end.
*/

/** Seconds after the parent's start at which a child is made. */
const later = 3600;

/** Lines as a fork has them: stamped anew, within one burst. */
const restamped = (lines: readonly string[]): string[] =>
	lines.map(line => JSON.stringify({...(JSON.parse(line) as Fields), timestamp: moment(later)}));

const ownTurn = (text: string, at = later + 10): string[] => [
	...askedTwice(text, at),
	item(functionCall('exec_command', {cmd: 'ls'}, `own-${text}`), at + 1),
	item(functionOutput(`own-${text}`, 'Wall time: 0.1 seconds\nProcess exited with code 0\nOutput:\nx'), at + 1),
	...answeredTwice(`${text}: done.`, at + 2),
];

type Child = {
	/** How its first line tells where it comes from. */
	form: 'fork' | 'unmarked fork' | 'sub-agent' | 'sub-agent by ordinal';
	/** Turns of the parent that it begins with. */
	copies: number;
	own: number;
};

type Family = {turns: number; children: Child[]};

type Log = {name: string; bytes: Buffer};

const parentId = threadId;

const legacyParent = ({turns}: Family): string[] => [
	meta(),
	...Array.from({length: turns}, (_, turn) =>
		legacyTurn(`Question ${turn}?`, `Answer ${turn}.`, turn * 20 + 1, 1000 * (turn + 1)),
	).flat(),
];

/** Lines of the parent up to the end of a turn. */
const turnLength = legacyTurn('', '', 0, 0).length;

const childLines = (family: Family, child: Child, id: string): string[] => {
	const copied = restamped(legacyParent(family).slice(0, 1 + Math.min(child.copies, family.turns) * turnLength));
	const own = Array.from({length: child.own}, (_, turn) =>
		ownTurn(`Own ${id.slice(-2)} ${turn}`, later + 10 + turn * 20),
	).flat();
	const fields: Record<Child['form'], Fields> = {
		fork: {forked_from_id: parentId},
		'unmarked fork': {},
		'sub-agent': {source: {subagent: {thread_spawn: {parent_thread_id: parentId, depth: 1}}}},
		'sub-agent by ordinal': {
			source: {subagent: {thread_spawn: {parent_thread_id: parentId, depth: 1}}},
			history_mode: 'paginated',
			subagent_history_start_ordinal: 1 + copied.length,
		},
	};
	const first = meta({id, timestamp: moment(later), ...fields[child.form]}, later);
	if (child.form === 'unmarked fork') {
		// The copy begins behind the parent's own first line.
		return [first, ...copied.slice(1), ...own];
	}

	if (child.form === 'sub-agent by ordinal') {
		const turn = paginatedTurn(`Task ${id.slice(-2)}`, 'Done.', later + 10);
		return [first, ...copied, ...turn].map((line, ordinal) =>
			JSON.stringify({...(JSON.parse(line) as Fields), ordinal}),
		);
	}

	const begun = child.form === 'sub-agent' ? [event('task_started', {turn_id: `t-${id}`}, later + 9)] : [];
	return [first, ...copied, ...begun, ...own];
};

const hour = (at: number): string => moment(at).slice(0, 19).replaceAll(':', '-');

const logsOf = (family: Family): Log[] => {
	const parent: Log = {name: logName(parentId), bytes: rolloutOf(legacyParent(family))};
	const children = family.children.map((child, index): Log => {
		const id = idOf(index + 2);
		return {
			name: `sessions/2026/02/03/rollout-${hour(later)}-${id}.jsonl`,
			bytes: rolloutOf(childLines(family, child, id)),
		};
	});
	return [parent, ...children];
};

const child = fc.record<Child>({
	form: fc.constantFrom('fork', 'unmarked fork', 'sub-agent', 'sub-agent by ordinal'),
	copies: fc.integer({min: 1, max: 3}),
	own: fc.integer({min: 1, max: 2}),
});

const family = fc.record<Family>({
	turns: fc.integer({min: 1, max: 3}),
	children: fc.array(child, {minLength: 1, maxLength: 3}),
});

/** Which log comes next, and how much of it. */
const steps = fc.array(fc.tuple(fc.nat(3), fc.double({min: 0.2, max: 1, noNaN: true})), {maxLength: 4});

const arranged = fc.tuple(family, steps, fc.array(fc.nat(100), {minLength: 4, maxLength: 4}));

/** Where a file lies on the disk, and how it was found out what is a copy. */
const columnsOfTheWay = new Set(['inode', 'device', 'mtime_ns', 'path', 'copied_prompts', 'copied_thread_id']);

/** A comparison with the parent takes what stands before the first own prompt for a copy too. */
const regardlessOfWay = ({files = [], events = [], ...content}: ReturnType<typeof presentContent>) => ({
	...content,
	files: files.map(row => Object.fromEntries(Object.entries(row).filter(([column]) => !columnsOfTheWay.has(column)))),
	events: events.map(({inherited: _, ...row}) => row),
});

test('parents, forks and sub-agents in any order, whole or in pieces, give the same', async t => {
	const home = new Home(t);
	let round = 0;
	await fc.assert(
		fc.asyncProperty(arranged, async ([drawn, pieces, order]) => {
			round++;
			const logs = logsOf(drawn);
			const clear = (): void => {
				fs.rmSync(home.path('sessions'), {recursive: true, force: true});
				fs.mkdirSync(home.path('sessions'));
			};

			clear();
			for (const {name, bytes} of logs) {
				home.write(name, bytes);
			}

			const whole = home.otherDatabase(`whole-${round}`);
			await home.ingest({database: whole});
			clear();
			const parts = home.otherDatabase(`parts-${round}`);
			const written = new Map<string, number>();
			const write = async ({name, bytes}: Log, to: number): Promise<void> => {
				if (to > (written.get(name) ?? 0)) {
					written.set(name, to);
					home.write(name, bytes.subarray(0, to));
					await home.ingest({database: parts});
				}
			};

			for (const [index, share] of pieces) {
				const log = logs[index % logs.length] as Log;
				await write(log, Math.floor(log.bytes.length * share));
			}

			const rest = logs
				.map((log, index) => ({log, rank: order[index] ?? 0}))
				.toSorted((a, b) => a.rank - b.rank)
				.map(({log}) => log);
			for (const log of rest) {
				await write(log, log.bytes.length);
			}

			await home.ingest({database: parts});
			assertSound(parts);
			assertSameContent(regardlessOfWay(presentContent(parts)), regardlessOfWay(presentContent(whole)));
			for (const database of [whole, parts]) {
				fs.rmSync(database);
			}
		}),
		{numRuns: 16, interruptAfterTimeLimit: 3000, seed: 20_261_122},
	);
});
