import assert from 'node:assert/strict';
import {test} from 'node:test';
import {noUsage} from '../../source/model/token-usage.js';
import {rowText, rowWidth} from '../../source/text/cells.js';
import {type Driven, driveExplorer} from '../helpers/drive-explorer.js';
import {createFakeSearch, type FakeSearch, hitOf} from '../helpers/fake-search.js';
import {createMemoryStore, type MemoryStore, message, reasoning} from '../helpers/memory-store.js';

/** Two sessions, the second with a prompt taken back and a technical event. */
const createStore = (): MemoryStore =>
	createMemoryStore(
		{
			prompts: [
				{text: 'Paint the harbour', events: [message('assistant', 'The walrus paints.'), reasoning('Blue fits.')]},
				{text: 'Paint the boats', events: [message('assistant', 'One walrus.\n\nAnd one more walrus.')]},
			],
		},
		{
			summary: {kind: 'sub-agent'},
			prompts: [
				{text: 'Count gulls', events: [message('assistant', 'No walrus here.')], summary: {state: 'rolled-back'}},
				{text: 'Count boats', events: [message('developer', 'walrus rules')]},
			],
		},
	);

type Searched = Driven & {search: FakeSearch; lines: () => string[]; line: (part: RegExp) => string | undefined};

const drive = async (
	options: {columns?: number; rows?: number} = {},
	values: Record<string, string[]> = {},
): Promise<Searched> => {
	const search = createFakeSearch(values);
	const driven = await driveExplorer({store: createStore(), search, columns: 120, rows: 30, ...options});
	const lines = (): string[] => {
		const {overlay} = driven.explorer.screen();
		return overlay ? [overlay.heading, ...overlay.head, ...overlay.rows].map(row => rowText(row).trimEnd()) : [];
	};
	return {...driven, search, lines, line: part => lines().find(line => part.test(line))};
};

/** Ids of everything listed, by prompt title and the event's place in it. */
const places = async (store: MemoryStore) => {
	const found = new Map<string, {session: number; prompt: number; events: number[]}>();
	for (const session of await store.listSessions({limit: 10})) {
		for (const prompt of await store.listPrompts(session.id)) {
			const events = await store.eventIds({sessionId: session.id, promptId: prompt.id});
			found.set(prompt.title, {session: session.id, prompt: prompt.id, events});
		}
	}

	return (title: string, index: number, word = 'walrus') => {
		const {session = 0, prompt = 0, events = []} = found.get(title) ?? {};
		return hitOf(events[index] ?? 0, session, `… a ${word} …`, word, {promptId: prompt, line: index + 2});
	};
};

const type = async ({press}: Driven, text: string): Promise<void> => press(...text);

test('the search asks for what is typed, with each letter, and for the newest first', async () => {
	const driven = await drive();
	await driven.press('s');
	assert.equal(driven.explorer.screen().overlay?.title, 'Search');
	await type(driven, 'wal');
	const words = driven.search.asked.map(({query}) => JSON.stringify(query.text).match(/"text":"(\w+)"/)?.[1]);
	assert.deepEqual(words, ['w', 'wa', 'wal']);
	assert.deepEqual(new Set(driven.search.asked.map(({order}) => order)), new Set(['newest']));
	await driven.press('ctrl-o');
	assert.equal(driven.search.asked.at(-1)?.order, 'best');
	assert.match(driven.lines()[0] ?? '', /best first$/);
	await driven.press('ctrl-t');
	assert.equal(driven.search.asked.at(-1)?.isInsideWords, true);
});

test('results stand under their sessions, each with its match marked', async () => {
	const driven = await drive({columns: 100});
	const hit = await places(driven.store);
	await driven.press('s');
	await type(driven, 'walrus');
	driven.search.answer({hits: [hit('Paint the boats', 1), hit('Paint the harbour', 1), hit('Count gulls', 1)]});
	await driven.settle();
	const lines = driven.lines();
	assert.match(lines[1] ?? '', /3 hits$/);
	assert.match(lines[2] ?? '', /^Paint the harbour.*2 hits$/);
	assert.match(lines[3] ?? '', /^ {2}\* … a walrus ….*:3/);
	assert.match(lines[5] ?? '', /^Count gulls.*1 hit$/);
	const marked = driven.explorer.screen().overlay?.rows.flatMap(row => row.filter(span => span.tone === 'match'));
	assert.deepEqual(
		marked?.map(span => span.text),
		['walrus', 'walrus', 'walrus'],
	);
	assert.equal(driven.explorer.screen().overlay?.selected, 1, 'the first event, not its session');
});

test('the selected result stays selected when more is found, until the query changes', async () => {
	const driven = await drive();
	const hit = await places(driven.store);
	await driven.press('s');
	await type(driven, 'walrus');
	driven.search.answer({hits: [hit('Paint the boats', 1), hit('Count gulls', 1)], isDone: false});
	await driven.press('down', 'down');
	const selected = () => driven.lines()[2 + (driven.explorer.screen().overlay?.selected ?? 0)];
	assert.match(selected() ?? '', /walrus/);
	driven.search.answer({
		hits: [hit('Paint the harbour', 1), hit('Paint the boats', 1), hit('Count gulls', 1)],
	});
	await driven.settle();
	const {list} = driven.explorer.state().search;
	assert.equal(list.ids[list.cursor], hit('Count gulls', 1).id);
	await type(driven, 'x');
	driven.search.answer({hits: [hit('Paint the harbour', 1)]});
	await driven.settle();
	const {list: after} = driven.explorer.state().search;
	assert.equal(after.ids[after.cursor], hit('Paint the harbour', 1).id);
});

test('Enter shows the event where it stands, with the match on screen, and Esc leads back', async () => {
	const driven = await drive();
	const hit = await places(driven.store);
	await driven.press('s');
	await type(driven, 'walrus');
	driven.search.answer({hits: [hit('Paint the boats', 1), hit('Paint the harbour', 1)]});
	await driven.press('enter');
	await driven.settle();
	assert.equal(driven.explorer.screen().overlay, undefined);
	assert.equal(driven.explorer.state().focus, 'detail');
	assert.match(driven.selected('events') ?? '', /One walrus/);
	const marks = driven.explorer
		.screen()
		.panes.find(({id}) => id === 'detail')
		?.rows.flatMap(row => row.filter(({tone}) => tone === 'match'));
	assert.deepEqual(
		marks?.map(({text}) => text),
		['walrus', 'walrus'],
	);
	assert.notEqual(driven.explorer.state().detail.match, undefined);

	await driven.press('escape');
	assert.equal(driven.explorer.screen().overlay?.title, 'Search');
	assert.match(driven.lines()[0] ?? '', /walrus/);
	await driven.press('escape');
	await driven.settle();
	assert.equal(driven.explorer.screen().overlay, undefined);
	assert.equal(driven.explorer.state().focus, 'sessions', 'where the search was opened');
	assert.equal(driven.explorer.state().search.visited, undefined);
});

test('n and N go through the matches of an event, then through the results', async () => {
	const driven = await drive();
	const hit = await places(driven.store);
	await driven.press('s');
	await type(driven, 'walrus');
	driven.search.answer({hits: [hit('Paint the boats', 1), hit('Paint the harbour', 1)]});
	await driven.press('enter');
	const first = driven.explorer.state().detail.match;
	await driven.press('n');
	assert.ok((driven.explorer.state().detail.match ?? 0) > (first ?? 0), 'the second walrus of the answer');
	assert.match(driven.selected('events') ?? '', /One walrus/);
	await driven.press('n');
	assert.match(driven.selected('events') ?? '', /The walrus paints/);
	assert.match(driven.status(), /Result 2 of 2/);
	await driven.press('n');
	assert.match(driven.status(), /last result/);
	await driven.press('N');
	assert.match(driven.selected('events') ?? '', /One walrus/);
});

test('what the lists leave out is shown where a result leads to it', async () => {
	const driven = await drive();
	const hit = await places(driven.store);
	assert.equal(driven.rows('sessions')?.length, 1, 'the session of automation is hidden');
	await driven.press('s');
	await type(driven, 'walrus');
	driven.search.answer({hits: [hit('Count gulls', 1), hit('Count boats', 1)]});
	await driven.press('enter');
	await driven.settle();
	assert.match(driven.selected('prompts') ?? driven.breadcrumb(), /Count gulls/);
	assert.match(driven.selected('events') ?? '', /No walrus here/);
	await driven.press('n');
	await driven.settle();
	assert.match(driven.selected('events') ?? '', /walrus rules/, 'a technical event');
	assert.equal(driven.explorer.state().hides.technical, false);
});

test('a filter gives way to a result that it hides', async () => {
	const driven = await drive();
	const hit = await places(driven.store);
	await driven.press('enter', '/', 'b', 'o', 'a', 't', 's', 'enter');
	assert.equal(driven.rows('prompts')?.length, 1);
	await driven.press('s');
	await type(driven, 'walrus');
	driven.search.answer({hits: [hit('Paint the harbour', 1)]});
	await driven.press('enter');
	await driven.settle();
	assert.match(driven.selected('events') ?? '', /The walrus paints/);
});

test('a query is there again, selected: typing replaces it, moving the caret keeps it', async () => {
	const driven = await drive();
	await driven.press('s');
	await type(driven, 'walrus');
	await driven.press('escape', 's');
	assert.match(driven.lines()[0] ?? '', /Search walrus/);
	await type(driven, 'g');
	assert.match(driven.lines()[0] ?? '', /Search g /);
	await driven.press('escape', 's', 'left');
	await type(driven, 'o');
	assert.match(driven.lines()[0] ?? '', /Search og/);
});

test('a query that led somewhere is kept, and comes back with Up', async () => {
	const driven = await drive();
	const hit = await places(driven.store);
	await driven.press('s');
	await type(driven, 'walrus');
	driven.search.answer({hits: [hit('Paint the harbour', 1)]});
	await driven.press('enter');
	await driven.settle();
	await driven.press('escape', 'ctrl-u');
	assert.ok(driven.line(/^ {2}walrus$/), driven.lines().join('\n'));
	await driven.press('up');
	assert.match(driven.lines()[0] ?? '', /Search walrus/);
});

test('filters are completed as they are typed, and shown when they are at work', async () => {
	const driven = await drive({}, {repo: ['harbour', 'shop']});
	await driven.press('s');
	await type(driven, 're');
	assert.match(driven.lines()[1] ?? '', /^ repo: {3}redacted: /);
	await driven.press('tab');
	assert.match(driven.lines()[0] ?? '', /Search repo: /);
	assert.match(driven.lines()[1] ?? '', /^ harbour {3}shop /);
	await type(driven, 's');
	await driven.settle();
	await driven.press('tab');
	await type(driven, 'tide');
	assert.match(driven.lines()[0] ?? '', /Search repo:shop tide /);
	assert.match(driven.lines()[1] ?? '', /^\[repo: shop\]/);
	const {query} = driven.search.asked.at(-1) ?? {};
	assert.deepEqual(
		query?.filters.map(({name, values}) => [name, ...values]),
		[['repo', 'shop']],
	);
	await type(driven, ' kind:prompt ( ');
	await driven.press('tab');
	assert.match(driven.status(), /Nothing to complete here/);
});

test('a mistake is said while it is typed, and still finds', async () => {
	const driven = await drive();
	await driven.press('s');
	await type(driven, 'brnach:main tide');
	assert.match(driven.lines()[1] ?? '', /branch:/);
	assert.equal(driven.search.asked.at(-1)?.query.filters.length, 0);
});

test('what is not found, what fails and what is not known yet is said', async () => {
	const driven = await drive();
	await driven.press('s');
	assert.ok(driven.line(/Type what you look for/));
	await type(driven, 'walrus');
	assert.match(driven.lines()[1] ?? '', /searching…$/);
	driven.search.answer({indexed: 0.43});
	await driven.settle();
	assert.match(driven.lines()[1] ?? '', /0 hits · words of 43% of the logs known yet$/);
	assert.ok(driven.line(/Nothing has all of that/));
	await type(driven, 'x');
	driven.search.fail('The search database is gone.');
	await driven.settle();
	assert.match(driven.lines()[1] ?? '', /^The search database is gone\./);
	await driven.press('escape', 'n');
	assert.match(driven.status(), /Nothing is searched for/);
});

test('every row is as wide as the window at any size', async () => {
	for (const columns of [20, 40, 60, 80, 120, 200]) {
		const driven = await drive({columns, rows: 12});
		const hit = await places(driven.store);
		await driven.press('s');
		await type(driven, 'walrus 海象 🦭');
		driven.search.answer({hits: [hit('Paint the boats', 1), hit('Count gulls', 1)], total: 12_345, isAtLeast: true});
		await driven.settle();
		const {overlay} = driven.explorer.screen();
		for (const row of [overlay?.heading ?? [], ...(overlay?.head ?? [])]) {
			assert.equal(rowWidth(row), columns - 4, `${columns}: ${rowText(row)}`);
		}

		const beside = overlay?.beside;
		assert.equal(beside !== undefined, columns >= 120);
		for (const row of overlay?.rows ?? []) {
			// Beside a preview stands a line, with a margin at each side.
			assert.equal(rowWidth(row), beside ? columns - 7 - beside.width : columns - 4, `${columns}: ${rowText(row)}`);
		}
	}
});

test('where there is room, the selected result is shown beside the results, its match marked', async () => {
	const driven = await drive({columns: 140});
	const hit = await places(driven.store);
	await driven.press('s');
	await type(driven, 'walrus');
	driven.search.answer({hits: [hit('Paint the boats', 1), hit('Paint the harbour', 1)]});
	await driven.settle();
	const beside = () => driven.explorer.screen().overlay?.beside?.rows ?? [];
	assert.match(beside().map(rowText).join('\n'), /^Assistant[\s\S]*One walrus\.[\s\S]*And one more walrus\./);
	assert.equal(
		beside()
			.flat()
			.filter(({tone}) => tone === 'match').length,
		2,
	);
	await driven.press('down', 'down');
	await driven.settle();
	assert.match(beside().map(rowText).join('\n'), /The walrus paints/);
	assert.equal(driven.explorer.state().detail.owner, undefined, 'the panes stay where they are');
});

test('a command is found by its name and done', async () => {
	const driven = await drive();
	await driven.press(':');
	assert.equal(driven.explorer.screen().overlay?.title, 'Commands');
	await type(driven, 'colours');
	assert.match(driven.lines()[1] ?? '', /^Choose the colours +T$/);
	await driven.press('enter');
	assert.deepEqual(driven.explorer.state().overlay?.kind, 'menu');
	await driven.press('escape', 'ctrl-p');
	await type(driven, 'rolled back');
	await driven.press('enter');
	assert.match(driven.status(), /works in another pane/);
	await driven.press(':', 'down', 'up', 'escape');
	assert.equal(driven.explorer.screen().overlay, undefined);
});

test('the sessions pane is filtered in the same syntax', async () => {
	const store = createMemoryStore(
		{summary: {gitRepositoryUrl: 'git@git.example:kim/shop.git'}, prompts: [{text: 'Paint the shop'}]},
		{summary: {cwd: '/home/ada/boats', gitBranch: 'gulls'}, prompts: [{text: 'Paint the boats'}]},
	);
	const {press, rows} = await driveExplorer({store});
	const shown = async (filter: string): Promise<string[]> => {
		await press('/', 'ctrl-u', ...filter, 'enter');
		return rows('sessions')?.map(row => row.trim().split(/ {2}/)[0] ?? '') ?? [];
	};
	assert.deepEqual(await shown('repo:git.example/kim/shop'), ['Paint the shop']);
	assert.deepEqual(await shown('-repo:shop paint'), ['Paint the boats']);
	assert.deepEqual(await shown('branch:gull'), ['Paint the boats']);
	assert.deepEqual(await shown('tokens:>1M'), []);
	assert.equal((await shown('tokens:<1M')).length, 2);
	assert.deepEqual(await shown('before:2020'), []);
});

test('what sessions cost is summed up when a filter asks for it', async () => {
	const store = createMemoryStore({prompts: [{text: 'Paint the shop'}]}, {prompts: [{text: 'Paint the boats'}]});
	const [boats] = await store.listSessions({limit: 1});
	const usage = {...noUsage, totalTokens: 10};
	const unpricedTokens = 0;
	const driven = await driveExplorer({
		store,
		loadUsage: async () => (_, by) => ({
			by,
			rows: [{key: boats?.threadId ?? null, title: null, usage, cost: 2.5, unpricedTokens}],
			total: {usage, cost: 2.5, unpricedTokens},
			unpriced: [],
			prices: {date: null, source: null, own: []},
		}),
	});
	await driven.press('/', ...'cost:>2', 'enter');
	await driven.until(() => driven.rows('sessions')?.length === 1);
	assert.match(driven.rows('sessions')?.[0] ?? '', /Paint the boats/);
});

test('a query is saved under a name, listed by an empty search, and dropped', async () => {
	const driven = await drive();
	await driven.press('s');
	await type(driven, 'walrus');
	await driven.press('ctrl-s');
	assert.match(driven.status(), /Name of the view:/);
	await driven.press('enter');
	assert.match(driven.status(), /A view needs a name/);
	await driven.press('escape');
	assert.equal(driven.explorer.screen().overlay?.title, 'Search', 'back in the search');
	await driven.press('ctrl-s', ...'Big', 'space', ...'beasts', 'enter');
	assert.match(driven.status(), /Saved as Big beasts/);
	assert.match(driven.lines()[0] ?? '', /Search walrus/);
	await driven.press('ctrl-u');
	assert.ok(driven.line(/^\* Big beasts {2}walrus$/), driven.lines().join('\n'));
	assert.deepEqual(await driven.store.annotations.views(), [{name: 'Big beasts', query: 'walrus'}]);
	await driven.press('enter');
	assert.match(driven.lines()[0] ?? '', /Search walrus/);
	await driven.press('ctrl-u', 'ctrl-s');
	assert.match(driven.status(), /Big beasts is no longer saved/);
	assert.equal(driven.line(/Big beasts/), undefined);
	assert.deepEqual(await driven.store.annotations.views(), []);
});

test('ids of marked sessions are copied, else that of the selected one', async () => {
	const copied: string[] = [];
	let hasClipboard = true;
	const store = createMemoryStore({prompts: [{text: 'Paint'}]}, {prompts: [{text: 'Count'}]});
	const driven = await driveExplorer({
		store,
		async copy(text) {
			copied.push(text);
			return hasClipboard ? 'system' : undefined;
		},
	});
	const ids = (await store.listSessions({limit: 2})).map(({threadId}) => threadId);
	await driven.press('Y');
	assert.match(driven.status(), /The id of the session is in the clipboard/);
	await driven.press('space', 'space', 'Y');
	assert.match(driven.status(), /The ids of 2 sessions are in the clipboard/);
	hasClipboard = false;
	await driven.press('Y');
	assert.match(driven.status(), /No clipboard took the ids of 2 sessions/);
	assert.deepEqual(copied, [ids[0], ids.join('\n'), ids.join('\n')]);
});
