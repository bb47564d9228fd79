import assert from 'node:assert/strict';
import test from 'node:test';
import type {Explorer} from '../../source/app/explorer.js';
import {rowText} from '../../source/text/cells.js';
import type {PaneId} from '../../source/view/layout.js';
import {driveExplorer} from '../helpers/drive-explorer.js';
import {createMemoryStore, tokens} from '../helpers/memory-store.js';
import {hostileTexts, manySessions, sampleSessions} from '../helpers/sample-sessions.js';

const parserSession = sampleSessions().slice(0, 1);
const overParser = async (size = {}) => driveExplorer({store: createMemoryStore(...parserSession), ...size});

test('sessions lead to prompts, events and the detail, and back', async () => {
	const {press, selected, breadcrumb, explorer} = await overParser({columns: 200});
	assert.match(selected('sessions') ?? '', /Fix the failing parser test/);
	await press('enter');
	assert.match(selected('prompts') ?? '', /1 Fix the failing/);
	await press('l', 'j', 'j');
	assert.match(selected('events') ?? '', /^\$ npm test/);
	await press('right');
	assert.equal(explorer.state().focus, 'detail');
	assert.match(breadcrumb(), /~\/\.codex > Fix the failing parser test > Prompt 1: .* > npm test/);
	await press('h', 'escape', 'backspace');
	assert.equal(explorer.state().focus, 'sessions');
	await press('left');
	assert.equal(explorer.state().focus, 'sessions');
});

test('the first event of a prompt is the prompt, and its prelude stands before the first', async () => {
	const {press, rows} = await overParser();
	await press('enter');
	assert.match(rows('prompts')?.[0] ?? '', /Prelude {2}2 events/);
	assert.match(rows('events')?.[0] ?? '', /^> Fix the failing parser test/);
	await press('g');
	assert.match(rows('events')?.[0] ?? '', /session starts/);
});

test('a session without prompts shows its prelude', async () => {
	const store = createMemoryStore({prelude: parserSession[0]?.prelude ?? []});
	const {press, selected, rows} = await driveExplorer({store});
	await press('enter');
	assert.match(selected('prompts') ?? '', /Prelude/);
	assert.equal(rows('events')?.length, 2);
});

test('brackets step through the prompts from any pane and keep the pane', async () => {
	const {press, explorer, selected, breadcrumb, status} = await overParser({columns: 200});
	await press('enter', 'enter');
	await press('enter', ']');
	assert.equal(explorer.state().focus, 'detail');
	assert.match(breadcrumb(), /Prompt 2: Now add a test for CRLF/);
	assert.match(selected('events') ?? '', /^> Now add a test/);
	await press(']');
	assert.match(status(), /This is the last prompt/);
	await press('[');
	assert.match(breadcrumb(), /Prompt 1/);
});

test('Tab goes round the panes', async () => {
	const {press, explorer} = await overParser();
	const seen = [];
	for (let index = 0; index < 5; index++) {
		seen.push(explorer.state().focus);
		await press('tab');
	}

	assert.deepEqual(seen, ['sessions', 'prompts', 'events', 'detail', 'sessions']);
	await press('shift-tab', 'shift-tab');
	assert.equal(explorer.state().focus, 'detail');
});

test('a filter narrows, marks, is kept with Enter and cleared with Esc', async () => {
	const {press, rows, explorer, status} = await driveExplorer({store: createMemoryStore(...manySessions(60))});
	await press('/', ...'login');
	assert.match(status(), /\/login {3}9 of 60/);
	assert.ok(rows('sessions')?.every(row => row.includes('login')));
	const marked = explorer.screen().panes[0]?.rows[0]?.filter(span => span.tone === 'match');
	assert.deepEqual(marked, [{text: 'login', tone: 'match'}]);
	await press('enter');
	assert.equal(explorer.state().typing, undefined);
	assert.equal(rows('sessions')?.length, 9);
	await press('escape');
	assert.equal(explorer.state().lists.sessions.ids.length, 60);
});

test('a filter forgives a wrong letter and needs every word', async () => {
	const {press, rows} = await driveExplorer({store: createMemoryStore(...manySessions(60))});
	await press('/', ...'databse', 'space', ...'refac');
	assert.ok(rows('sessions')?.length);
	assert.ok(rows('sessions')?.every(row => /Refactor database/.test(row)));
});

test('a filter without a match says so', async () => {
	const {press, explorer} = await overParser();
	await press('/', ...'zzzz');
	assert.match(JSON.stringify(explorer.screen().panes[0]?.empty), /Nothing matches \\"zzzz\\"/);
});

test('a paste goes into the filter and nowhere else', async () => {
	const {press, explorer, hasQuit, settle} = await overParser();
	explorer.paste('q');
	assert.equal(hasQuit(), false);
	await press('/');
	explorer.paste('parser\ntest');
	await settle();
	assert.equal(explorer.state().lists.sessions.filter.before, 'parser test');
});

test('events filter over all rows, not only those fetched', async () => {
	const store = createMemoryStore(...manySessions(1, 900));
	const {press, rows, until} = await driveExplorer({store});
	await press('enter');
	await press('enter', '/', ...'step', 'space', ...'888');
	await until(() => rows('events')?.length === 1);
	assert.match(rows('events')?.[0] ?? '', /step 888/);
});

const headingOf = (explorer: Explorer, id: PaneId): string =>
	rowText(explorer.screen().panes.find(pane => pane.id === id)?.heading ?? []);

test('technical events are left out, with their number and key in the title, until they are asked for', async () => {
	const {press, rows, explorer, status} = await overParser({columns: 200});
	await press('enter', 'enter');
	const calm = rows('events')?.length ?? 0;
	assert.equal(rows('events')?.[0]?.startsWith('> Fix the failing'), true);
	assert.match(headingOf(explorer, 'events'), /^Events 1\/\d+ · 3 hidden \(z\)/);
	assert.match(status(), /z technical/);
	await press('z');
	assert.equal(rows('events')?.length, calm + 3);
	assert.doesNotMatch(headingOf(explorer, 'events'), /hidden/);
	assert.match(status(), /Technical events are shown; z hides them/);
	await press(']');
	assert.doesNotMatch(headingOf(explorer, 'events'), /hidden/, 'remembered for the next prompt');
	await press('z');
	assert.match(headingOf(explorer, 'events'), /3 hidden \(z\)/);
});

test('where nothing is technical, z does not claim to have hidden something', async () => {
	const store = createMemoryStore({prelude: [tokens(5)], prompts: [{text: 'Hi', events: []}]});
	const {press, status} = await driveExplorer({store});
	await press('enter');
	await press('z');
	assert.match(status(), /This prompt has no technical events to show\./);
	await press('z');
	assert.match(status(), /This prompt has no technical events\./);
});

test('problems of earlier rounds stand in the status line', async () => {
	const store = createMemoryStore(...manySessions(3));
	store.problemList.push({path: '/a.jsonl', line: 1, offset: 0, length: 1, reason: 'torn'});
	const {status, until} = await driveExplorer({store});
	await until(() => /1 problem \(p\)/.test(status()));
});

test('that logs are looked for is said only when it takes a while', async () => {
	const explorers = await Promise.all([
		driveExplorer({store: createMemoryStore(), isBefore: true}),
		driveExplorer({store: createMemoryStore(), isBefore: true}),
	]);
	const [quick, slow] = explorers;
	quick.ingest.progress({phase: 'finding'});
	slow.ingest.progress({phase: 'finding'});
	quick.ingest.progress({phase: 'watching'});
	await slow.settle();
	assert.doesNotMatch(slow.status(), /Looking/);
	await slow.until(() => /Looking for logs/.test(slow.status()));
	assert.doesNotMatch(quick.status(), /Looking/);
});

test('the prelude leaves nothing out', async () => {
	const {press, rows, explorer} = await overParser({columns: 200});
	await press('enter', 'g');
	assert.equal(rows('events')?.length, 2);
	assert.doesNotMatch(headingOf(explorer, 'events'), /hidden/);
});

test('a prompt of nothing but technical events says so', async () => {
	const store = createMemoryStore({prompts: [{text: '', events: [tokens(5)]}]});
	const {listEvents} = store;
	store.listEvents = async ids => (await listEvents(ids)).map(row => ({...row, kind: 'token-usage'}));
	const {press, explorer} = await driveExplorer({store});
	await press('enter');
	const events = explorer.screen().panes.find(pane => pane.id === 'events');
	assert.match(JSON.stringify(events?.empty), /All 2 events here are technical.*Press z to show them/);
});

test('a long prompt leaves out the same rows as a short one, wherever one scrolls', async () => {
	const store = createMemoryStore(...manySessions(1, 3000));
	const {press, explorer, until, selected} = await driveExplorer({store});
	await press('enter', 'enter');
	await until(() => explorer.state().lists.events.ids.length === 2401);
	assert.match(headingOf(explorer, 'events'), /1\/2,401 · 600 hidden/);
	await press('G');
	await until(() => /step 2998/.test(selected('events') ?? ''));
	await press('h', 'k');
	await press('j', 'l');
	assert.match(selected('events') ?? '', /step 2998/, 'comes back to where it was left');
	await press('z', 'G');
	await until(() => /tokens/.test(selected('events') ?? ''));
});

test('below the events stands what the prompt cost', async () => {
	const {press, explorer} = await overParser({columns: 200});
	await press('enter');
	const footer = (): string => rowText(explorer.screen().panes.find(({id}) => id === 'events')?.footer ?? []);
	assert.match(footer(), /^12\.4k tokens: /);
	await press('j');
	assert.match(footer(), /^24\.8k tokens: /);
});

test('prompts that were rolled back or inherited are out of view until they are asked for', async () => {
	const states = ['inherited', 'inherited', 'live', 'rolled-back', 'live'] as const;
	const store = createMemoryStore({
		prompts: states.map((state, index) => ({text: `Turn ${index + 1}`, summary: {state}})),
	});
	const {press, rows, selected, explorer, status} = await driveExplorer({store});
	await press('enter');
	assert.deepEqual(
		rows('prompts')?.map(row => row.trim().slice(0, 8)),
		['3 Turn 3', '5 Turn 5'],
	);
	assert.match(headingOf(explorer, 'prompts'), /^Prompts 1\/2 · 3 hidden \(i\)/);
	assert.match(status(), /i removed/);
	await press('i');
	assert.match(rows('prompts')?.join(' ') ?? '', /1 inherited Turn 1.*4 rolled back Turn 4/);
	assert.match(selected('prompts') ?? '', /3 Turn 3/, 'the selected prompt stays selected');
	assert.doesNotMatch(headingOf(explorer, 'prompts'), /hidden/);
	await press('j');
	assert.match(selected('prompts') ?? '', /4 rolled back/);
	await press('i');
	assert.match(selected('prompts') ?? '', /5 Turn 5/, 'of a hidden one, the next');
});

test('a session of nothing but removed prompts says so', async () => {
	const store = createMemoryStore({prompts: [{text: 'Old', summary: {state: 'inherited'}}]});
	const {explorer} = await driveExplorer({store});
	const prompts = explorer.screen().panes.find(pane => pane.id === 'prompts');
	assert.match(JSON.stringify(prompts?.empty), /only prompt here was rolled back or.*inherited.*Press i to show it/);
});

test('help shows every key, scrolls and closes', async () => {
	const {press, explorer} = await driveExplorer({rows: 12});
	await press('?');
	assert.equal(explorer.screen().overlay?.title, 'Keys');
	await press('G');
	const {top = 0, height = 0, rowCount = 0} = explorer.screen().overlay ?? {};
	assert.equal(top + height, rowCount);
	await press('escape');
	assert.equal(explorer.screen().overlay, undefined);
});

test('problems are listed with their file and line', async () => {
	const {press, store, explorer} = await driveExplorer();
	store.problemList.push({path: '/home/ada/a.jsonl', line: 12, offset: 90, length: 5, reason: 'not a JSON object'});
	await press('p');
	const text = explorer
		.screen()
		.overlay?.rows.flatMap(row => row.map(span => span.text))
		.join(' ');
	assert.match(text ?? '', /~\/a\.jsonl .*line 12 .*not a JSON object/);
});

test('the order of the sessions is chosen from a menu', async () => {
	const {press, explorer, rows, settle} = await driveExplorer({store: createMemoryStore(...manySessions(20))});
	await press('S');
	assert.equal(explorer.screen().menu?.menu, 'order');
	for (const key of ['j', 'j', 'down', 'up', 'enter']) {
		explorer.press(key);
	}

	await settle();
	assert.equal(explorer.screen().menu, undefined);
	const titles = rows('sessions') ?? [];
	assert.deepEqual(titles, titles.toSorted());
});

const family = () =>
	createMemoryStore(
		{summary: {threadId: 'root', title: 'Plan the move', startedAt: '2026-03-01T10:00:00Z'}, prompts: [{text: 'x'}]},
		{
			summary: {
				threadId: 'fork',
				title: 'Try another way',
				kind: 'fork',
				forkedFromThreadId: 'root',
				startedAt: '2026-03-02T10:00:00Z',
			},
		},
		{
			summary: {
				threadId: 'agent',
				title: 'Count the boxes',
				kind: 'sub-agent',
				parentThreadId: 'root',
				startedAt: '2026-03-01T11:00:00Z',
			},
		},
		{summary: {threadId: 'other', title: 'Water the plants', startedAt: '2026-03-01T12:00:00Z'}},
	);

const titles = (rows: string[] | undefined): string[] =>
	(rows ?? []).map(row => row.slice(0, 24).replace(/ +(?:\+.*)?$/, ''));

test('sessions stand under the one they came from, automation only when asked for', async () => {
	const {press, rows, selected, explorer, status} = await driveExplorer({store: family()});
	assert.deepEqual(titles(rows('sessions')), ['Water the plants', 'Plan the move', '└ fork: Try another way']);
	assert.match(rows('sessions')?.[1] ?? '', /\+2 12\.4k/);
	assert.match(headingOf(explorer, 'sessions'), /^Sessions 1\/3 · 1 hidden \(a\)/);
	assert.match(status(), /a automation/);
	await press('a');
	assert.deepEqual(titles(rows('sessions')), [
		'Water the plants',
		'Plan the move',
		'├ agent: Count the boxes',
		'└ fork: Try another way',
	]);
	await press('j', 'j');
	assert.match(selected('sessions') ?? '', /Count the boxes/);
	await press('a');
	assert.match(selected('sessions') ?? '', /Plan the move/, 'of a hidden one, where it came from');
});

test('a filter finds what came from a session, and shows dimly where it belongs', async () => {
	const {press, rows, selected, explorer, status, until} = await driveExplorer({store: family()});
	await press('/', ...'another');
	assert.match(status(), /\/another +1 of 3/);
	assert.deepEqual(titles(rows('sessions')), ['Plan the move', '└ fork: Try another way']);
	assert.match(selected('sessions') ?? '', /another way/);
	const [context] = explorer.screen().panes[0]?.rows ?? [];
	assert.equal(context?.find(span => span.text.includes('Plan the move'))?.tone, 'dim');
	await press('escape');
	await press('/', ...'boxes');
	await until(() => explorer.state().lists.sessions.ids.length === 0);
	assert.match(JSON.stringify(explorer.screen().panes[0]?.empty), /1 is hidden and not searched: a/);
});

test('while sessions find their parents further down, one who has not moved goes on seeing the top', async () => {
	const many = manySessions(400, 0).map((session, index) => ({
		...session,
		summary: {
			...session.summary,
			threadId: `t${index}`,
			...(index === 0 ? {kind: 'fork', forkedFromThreadId: 't399'} : {}),
		},
	}));
	const {explorer, selected, until} = await driveExplorer({store: createMemoryStore(...many)});
	assert.match(selected('sessions') ?? '', /^fork: /);
	await until(() => explorer.state().lists.sessions.ids.length === 400);
	assert.match(selected('sessions') ?? '', /^Explain database/);
	assert.equal(explorer.state().lists.sessions.top, 0);
});

test('a home of nothing but automation says so', async () => {
	const {explorer} = await driveExplorer({store: createMemoryStore({summary: {kind: 'review'}})});
	assert.match(
		JSON.stringify(explorer.screen().panes[0]?.empty),
		/only session here is automation.*Press a to show it/,
	);
});

test('q and Ctrl+C quit while the ingest runs', async () => {
	for (const key of ['q', 'ctrl-c']) {
		const {press, ingest, hasQuit} = await driveExplorer();
		ingest.progress({phase: 'reading', filesTotal: 100});
		await press(key);
		assert.ok(hasQuit(), key);
	}
});

test('the status line tells the progress, and why an ingest ended', async () => {
	const {ingest, status, until} = await driveExplorer();
	ingest.progress({
		phase: 'reading',
		filesDone: 120,
		filesTotal: 1200,
		bytesDone: 5e6,
		bytesTotal: 1e8,
		bytesPerSecond: 2e7,
		secondsLeft: 12.2,
		problems: 3,
	});
	await until(() => status().includes('Reading'));
	assert.match(status(), /Reading 120 of 1,200 files · 5% · 13s left · 20 MB\/s .*3 problems \(p\)/);
	ingest.fail('The database is locked.');
	assert.match(status(), /The database is locked\./);
});

test('a session that is in the store now replaces its preview and stays selected', async () => {
	const store = createMemoryStore();
	const other = createMemoryStore(...parserSession);
	const preview = await other.listSessions({limit: 10});
	const {press, selected, status, explorer, ingest, until, settle} = await driveExplorer({
		store,
		preview: Promise.resolve(preview.map(session => ({...session, id: 0, promptCount: 0}))),
	});
	await settle();
	assert.match(selected('sessions') ?? '', /Fix the failing parser test/);
	await press('enter');
	assert.match(status(), /still being read/);
	assert.equal(explorer.state().focus, 'sessions');
	store.add(
		...parserSession.map(session => ({
			...session,
			summary: {...session.summary, threadId: preview[0]?.threadId ?? ''},
		})),
	);
	ingest.change();
	await until(() => typeof explorer.state().lists.sessions.ids[0] === 'number');
	assert.equal(explorer.state().lists.sessions.ids.length, 1);
	await until(() => explorer.state().focus === 'prompts');
	await settle();
	assert.match(selected('prompts') ?? '', /Fix the failing/, 'the Enter that came too early opens it');
});

test('what another program read before this one looked is listed, though it is no news to the ingest', async () => {
	const store = createMemoryStore();
	const other = createMemoryStore(...parserSession);
	const preview = await other.listSessions({limit: 10});
	const {explorer, ingest, until, settle} = await driveExplorer({
		store,
		isBefore: true,
		preview: Promise.resolve(preview.map(session => ({...session, id: 0}))),
	});
	await settle();
	assert.equal(typeof explorer.state().lists.sessions.ids[0], 'string');
	store.add(
		...parserSession.map(session => ({
			...session,
			summary: {...session.summary, threadId: preview[0]?.threadId ?? ''},
		})),
	);
	ingest.progress({phase: 'watching'});
	await until(() => typeof explorer.state().lists.sessions.ids[0] === 'number');
});

test('where reading failed, previews and empty lists say why instead of promising more', async () => {
	const other = createMemoryStore(...parserSession);
	const preview = (await other.listSessions({limit: 10})).map(session => ({...session, id: 0, title: null}));
	const {press, rows, status, explorer, ingest, settle} = await driveExplorer({
		store: createMemoryStore(),
		preview: Promise.resolve(preview),
	});
	await settle();
	assert.match(rows('sessions')?.[0] ?? '', /reading…/);
	ingest.fail('The disk is full.');
	await settle();
	assert.match(status(), /The disk is full\./);
	assert.match(rows('sessions')?.[0] ?? '', /not read/);
	assert.match(JSON.stringify(explorer.screen().panes[1]?.empty), /The disk is full\./);
	await press('enter');
	assert.match(status(), /The disk is full\./);
	assert.doesNotMatch(status(), /still being read/);

	const empty = await driveExplorer({store: createMemoryStore()});
	empty.ingest.fail('The disk is full.');
	assert.match(JSON.stringify(empty.explorer.screen().panes[0]?.empty), /The disk is full\./);
});

test('until a key is pressed, nothing stands where the failure does', async () => {
	const {press, ingest, status, explorer} = await driveExplorer({store: createMemoryStore(...manySessions(3))});
	await press('z', ']', '?', 'q');
	ingest.fail('The disk is full.');
	explorer.paste('x');
	assert.match(status(), /The disk is full\./);
	await press('j');
	explorer.paste('x');
	assert.match(status(), /Press s to search or \/ to filter before pasting/);
});

test('keys typed ahead of their rows wait for them', async () => {
	const slow = createMemoryStore(...manySessions(3));
	for (const name of ['listPrompts', 'eventIds', 'listEvents', 'event'] as const) {
		const ask = slow[name] as (...args: unknown[]) => Promise<unknown>;
		Object.assign(slow, {
			async [name](...args: unknown[]) {
				await new Promise(resolve => setTimeout(resolve, 20));
				return ask(...args);
			},
		});
	}

	const {explorer, until} = await driveExplorer({store: slow});
	for (const key of ['j', 'enter', 'enter', 'j', 'enter']) {
		explorer.press(key);
	}

	await until(() => explorer.state().focus === 'detail');
	assert.equal(explorer.state().lists.sessions.cursor, 1);
	assert.equal(explorer.state().lists.events.cursor, 1);
	explorer.press('h');
	explorer.press('h');
	explorer.press('/');
	assert.equal(explorer.state().typing, 'prompts', 'what needs no rows does not wait');
});

test('Enter after a filter opens what the filter finds', async () => {
	const {press, explorer} = await driveExplorer({store: createMemoryStore(...manySessions(60))});
	await press('/', ...'login', 'enter', 'enter');
	assert.equal(explorer.state().focus, 'prompts');
	assert.match(JSON.stringify(explorer.screen().breadcrumb), /login/);
});

test('a key does not wait for ever', async () => {
	const store = createMemoryStore(...manySessions(3));
	store.listPrompts = async () => new Promise(() => {});
	const {explorer, until, status} = await driveExplorer({store});
	explorer.press('enter');
	explorer.press('enter');
	assert.equal(explorer.state().focus, 'prompts');
	await until(() => status().includes('Nothing selected'));
	explorer.stop();
});

test('new sessions arrive without moving the selected one', async () => {
	const {press, store, ingest, until, selected, explorer} = await driveExplorer({
		store: createMemoryStore(...manySessions(50)),
	});
	await press('j', 'j', 'j');
	const before = selected('sessions');
	store.add({summary: {startedAt: '2026-03-05T09:59:00Z'}, prompts: [{text: 'Brand new'}]});
	ingest.change();
	await until(() => explorer.state().lists.sessions.ids.length === 51);
	assert.equal(selected('sessions'), before);
});

test('all sessions are paged in', async () => {
	const {explorer, until} = await driveExplorer({store: createMemoryStore(...manySessions(1300, 0))});
	await until(() => explorer.state().lists.sessions.ids.length === 1300);
});

test('a held key asks for the prompts of the last session only', async () => {
	const {press, store, explorer, until} = await driveExplorer({
		store: createMemoryStore(...manySessions(200)),
		quietMs: 20,
	});
	store.queries.length = 0;
	await press(...Array<string>(60).fill('j'));
	assert.equal(explorer.state().lists.sessions.cursor, 60);
	const asked = (): number => store.queries.filter(name => name === 'listPrompts').length;
	await until(() => explorer.state().lists.prompts.ids.length > 0);
	assert.ok(asked() <= 2, `asked ${asked()} times`);
});

test('a failing query becomes a sentence', async () => {
	const {press, store, status} = await driveExplorer({store: createMemoryStore(...manySessions(5))});
	store.fail('disk I/O error');
	await press('j');
	assert.match(status(), /Could not read the database: disk I\/O error/);
	await press('j');
});

test('no text of a log brings control characters to the screen', async () => {
	const sessions = hostileTexts.map(text => ({
		summary: {title: text, cwd: text, gitBranch: text, models: [text], kind: text},
		prompts: [{text, events: [{kind: 'unknown' as const, type: text, raw: text}]}],
	}));
	const {press, explorer} = await driveExplorer({store: createMemoryStore(...sessions), columns: 200});
	for (const [index] of hostileTexts.entries()) {
		await press('h', 'h', 'h', 'g', ...Array<string>(index).fill('j'));
		for (const keys of [[], ['enter'], ['enter', 'j'], ['enter']]) {
			await press(...keys);
			const {breadcrumb, status, panes} = explorer.screen();
			const spans = [breadcrumb ?? [], status ?? [], ...panes.flatMap(pane => [pane.heading, ...pane.rows])].flat();
			for (const span of spans) {
				assert.doesNotMatch(span.text, /[\p{Cc}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{200B}\u{2028}]/u);
			}
		}
	}
});

test('an empty home says what to do', async () => {
	const {explorer} = await driveExplorer({store: createMemoryStore()});
	assert.match(JSON.stringify(explorer.screen().panes[0]?.empty), /No sessions found in ~\/\.codex\..*--sessions PATH/);
});
