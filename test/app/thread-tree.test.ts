import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type {SessionOrder} from '../../source/app/menus.js';
import {sessionCompare} from '../../source/app/session-order.js';
import {linkThreads} from '../../source/app/thread-links.js';
import {growMatches, growTree, guideOf, type ThreadTree} from '../../source/app/thread-tree.js';
import type {SessionSummary} from '../../source/model/session.js';
import {noUsage} from '../../source/model/token-usage.js';
import {createMemoryStore} from '../helpers/memory-store.js';

const [blank] = await createMemoryStore({prompts: [{text: 'Hi'}]}).listSessions({limit: 1});
assert.ok(blank);

type Kin = {parent?: string; fork?: string; kind?: string; tokens?: number};

/** Sessions by name, one minute apart; ids count from 1. */
const items = (kin: Record<string, Kin>): {id: number; session: SessionSummary}[] =>
	Object.entries(kin).map(([threadId, {parent = null, fork = null, kind = 'main', tokens = 0}], index) => ({
		id: index + 1,
		session: {
			...blank,
			id: index + 1,
			threadId,
			title: threadId,
			kind,
			parentThreadId: parent,
			forkedFromThreadId: fork,
			startedAt: new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString(),
			usage: {...noUsage, totalTokens: tokens},
		},
	}));

const drawn = (given: ReturnType<typeof items>, tree: ThreadTree): string[] =>
	tree.ids.map(id => `${guideOf(tree.places.get(id))}${given.find(item => item.id === id)?.session.threadId}`);

const treeOf = (
	kin: Record<string, Kin>,
	{
		order = 'newest',
		isReversed = false,
		hides = false,
	}: {order?: SessionOrder; isReversed?: boolean; hides?: boolean} = {},
): string[] => {
	const given = items(kin);
	const threads = linkThreads(given);
	const sorted = threads.byStart.toSorted((a, b) => sessionCompare(order, isReversed)(a.session, b.session));
	return drawn(given, growTree(threads, sorted, hides));
};

test('what came from a session stands under it, oldest first; roots keep their order', () => {
	assert.deepEqual(
		treeOf({a: {}, b: {}, a1: {fork: 'a', kind: 'fork'}, a2: {parent: 'a'}, a1x: {parent: 'a1'}, c: {}}),
		['c', 'b', 'a', '├ a1', '│ └ a1x', '└ a2'],
	);
});

test('an order sorts the roots by their own values, not by those of their branch', () => {
	const kin = {a: {tokens: 5}, b: {tokens: 9}, a1: {parent: 'a', tokens: 900}};
	assert.deepEqual(treeOf(kin, {order: 'tokens'}), ['b', 'a', '└ a1']);
	assert.deepEqual(treeOf(kin, {isReversed: true}), ['a', '└ a1', 'b']);
	assert.deepEqual(treeOf(kin, {order: 'title'}), ['a', '└ a1', 'b']);
});

test('the named parent counts before the session forked from, where both are there', () => {
	assert.deepEqual(treeOf({a: {}, b: {}, c: {parent: 'a', fork: 'b'}}), ['b', 'a', '└ c']);
	assert.deepEqual(treeOf({b: {}, c: {parent: 'gone', fork: 'b'}}), ['b', '└ c']);
});

test('a parent that is not here, oneself and loops make roots', () => {
	assert.deepEqual(treeOf({a: {parent: 'gone'}}), ['a']);
	assert.deepEqual(treeOf({a: {parent: 'a', fork: 'a'}}), ['a']);
	assert.deepEqual(treeOf({a: {parent: 'b'}, b: {parent: 'a'}}), ['a', '└ b']);
	assert.deepEqual(treeOf({x: {parent: 'c'}, a: {parent: 'c'}, b: {parent: 'a'}, c: {parent: 'b'}}), [
		'a',
		'└ b',
		'  └ c',
		'    └ x',
	]);
});

test('automation is left out, and what people made of it moves up', () => {
	const kin = {
		a: {},
		agent: {parent: 'a', kind: 'sub-agent'},
		fork: {fork: 'agent', kind: 'fork'},
		guard: {parent: 'a', kind: 'guardian'},
		lost: {parent: 'gone', kind: 'review'},
		mine: {fork: 'lost', kind: 'fork'},
	};
	assert.deepEqual(treeOf(kin, {hides: true}), ['mine', 'a', '└ fork']);
	assert.equal(treeOf(kin).length, 6);
});

test('a branch sums up everything below, shown or not', () => {
	const given = items({
		a: {tokens: 1},
		b: {parent: 'a', kind: 'sub-agent', tokens: 10},
		c: {parent: 'b', kind: 'sub-agent', tokens: 100},
		d: {tokens: 1000},
	});
	const {byId} = linkThreads(given);
	assert.deepEqual(byId.get(1)?.branch, {threads: 3, tokens: 111});
	assert.deepEqual(byId.get(2)?.branch, {threads: 2, tokens: 110});
	assert.deepEqual(byId.get(4)?.branch, {threads: 1, tokens: 1000});
});

test('a chain of any length is walked, and its lines are drawn a few levels deep', () => {
	const length = 20_000;
	const given = items(
		Object.fromEntries(Array.from({length}, (_, index) => [`t${index}`, index > 0 ? {parent: `t${index - 1}`} : {}])),
	);
	const threads = linkThreads(given);
	const tree = growTree(threads, threads.byStart, false);
	assert.equal(tree.ids.length, length);
	assert.equal(threads.byId.get(1)?.branch.threads, length);
	assert.equal(guideOf(tree.places.get(length)), '…         └ ');
	assert.equal(guideOf(tree.places.get(6)), '        └ ');
});

test('a match brings its parent, and the best match leads its branch', () => {
	const given = items({
		a: {},
		a1: {parent: 'a'},
		a2: {parent: 'a'},
		a2x: {parent: 'a2'},
		b: {},
		b1: {parent: 'b'},
	});
	const threads = linkThreads(given);
	growTree(threads, threads.byStart, false);
	assert.deepEqual(drawn(given, growMatches(threads, [6])), ['b', '└ b1']);
	assert.deepEqual(drawn(given, growMatches(threads, [4])), ['a2', '└ a2x']);
	assert.deepEqual(drawn(given, growMatches(threads, [6, 4, 2])), ['b', '└ b1', 'a', '├ a1', '└ a2', '  └ a2x']);
	assert.deepEqual(drawn(given, growMatches(threads, [99])), []);
});

test('whatever parents logs name, every session stands in the tree once, below its parent', () => {
	const name = fc.integer({min: 0, max: 30}).map(number => `t${number}`);
	const kin = fc.record(
		{parent: name, fork: name, kind: fc.constantFrom('main', 'fork', 'sub-agent')},
		{requiredKeys: []},
	);
	fc.assert(
		fc.property(
			fc.array(kin, {maxLength: 25}),
			fc.boolean(),
			fc.array(fc.integer({min: 1, max: 25})),
			(kins, hides, some) => {
				const given = items(Object.fromEntries(kins.map((one, index) => [`t${index}`, one])));
				const threads = linkThreads(given);
				const tree = growTree(threads, threads.byStart, hides);
				const shown = given.filter(({session}) => !hides || session.kind !== 'sub-agent').map(({id}) => id);
				assert.deepEqual(tree.ids.toSorted(), shown.toSorted());
				for (const [index, id] of tree.ids.entries()) {
					const depth = tree.places.get(id)?.depth ?? 0;
					const before = index === 0 ? -1 : (tree.places.get(tree.ids[index - 1] ?? '')?.depth ?? 0);
					assert.ok(depth <= before + 1);
				}

				const matches = [...new Set(some)].filter(id => shown.includes(id));
				const found = growMatches(threads, matches);
				assert.equal(new Set(found.ids).size, found.ids.length);
				assert.ok(matches.every(id => found.ids.includes(id)));
			},
		),
	);
});
