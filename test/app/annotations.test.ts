import assert from 'node:assert/strict';
import test from 'node:test';
import {rowText, rowWidth} from '../../source/text/cells.js';
import {type Driven, driveExplorer} from '../helpers/drive-explorer.js';
import {createFakeSearch, hitOf} from '../helpers/fake-search.js';
import {createMemoryStore} from '../helpers/memory-store.js';
import {hostileTexts, manySessions, sampleSessions} from '../helpers/sample-sessions.js';

const heading = ({explorer}: Driven): string => rowText(explorer.screen().panes[0]?.heading ?? []);

/** A session of the list, by its row. */
const threadAt = async ({store}: Driven, row: number): Promise<string> =>
	(await store.listSessions({limit: 100}))[row]?.threadId ?? '';

const overMany = async (options = {}): Promise<Driven> =>
	driveExplorer({store: createMemoryStore(...manySessions(60)), ...options});

const overParser = async (options = {}): Promise<Driven> =>
	driveExplorer({store: createMemoryStore(...sampleSessions().slice(0, 1)), columns: 200, ...options});

test('Space marks sessions and goes on; the title counts them; Esc takes the marks away', async () => {
	const driven = await overMany();
	const {press, rows, explorer} = driven;
	await press('space', 'space', 'j', 'space');
	assert.match(heading(driven), /^Sessions 5\/60 · 3 marked/);
	assert.deepEqual(
		rows('sessions')
			?.slice(0, 5)
			.map(row => row.startsWith('● ')),
		[true, true, false, true, false],
	);
	await press('k', 'space');
	assert.match(heading(driven), /· 2 marked/);
	await press('escape');
	assert.doesNotMatch(heading(driven), /marked/);
	assert.ok(rows('sessions')?.every(row => !row.includes('●')));
	assert.equal(explorer.state().focus, 'sessions');
});

test('marks outlast filters, orders, new sessions and panes', async () => {
	const driven = await overMany();
	const {press, rows, store, ingest, settle, until, explorer} = driven;
	await press('space', 'space');
	await press('/', ...'login', 'enter');
	assert.match(heading(driven), /2 marked/);
	await press('G', 'space');
	assert.match(heading(driven), /3 marked/);
	await press('escape');
	assert.match(heading(driven), /^Sessions \d+\/60 · 3 marked/, 'Esc clears the filter first');
	await press('>', '>');
	assert.equal(explorer.state().marked.size, 3);
	store.add({summary: {threadId: 'newer', title: 'Newer than all', startedAt: '2026-03-05T09:00:00Z'}});
	ingest.change();
	await until(() => explorer.state().lists.sessions.total === 61);
	await press('enter', 'space', 'h');
	await settle();
	assert.match(heading(driven), /3 marked/);
	await press('<', '<', 'g');
	assert.deepEqual(
		rows('sessions')
			?.slice(0, 4)
			.map(row => row.startsWith('● ')),
		[false, true, true, false],
	);
});

test('Space pages down in the other panes', async () => {
	const {press, explorer} = await overMany();
	await press('enter', 'space');
	assert.equal(explorer.state().marked.size, 0);
	assert.equal(explorer.state().focus, 'prompts');
});

test('t edits the tags of the selected session, with completion, and shows them', async () => {
	const driven = await overMany({columns: 200});
	const {press, selected, status, store, breadcrumb} = driven;
	await store.annotations.tag(['other'], {add: ['area/upload'], remove: []});
	store.annotations.change();
	await press('t', ...'bug');
	assert.match(status(), /Tags: bug /);
	await press('space', 'a', 'r');
	assert.match(status(), /Tab: area\/upload/);
	await press('tab', 'enter');
	assert.deepEqual((await store.annotations.sessions()).get(await threadAt(driven, 0))?.tags, ['area/upload', 'bug']);
	assert.match(selected('sessions') ?? '', /#area\/upload #bug/);
	assert.match(breadcrumb(), /#area\/upload #bug$/);
	await press('t', 'backspace', 'ctrl-w', 'enter');
	assert.deepEqual((await store.annotations.sessions()).get(await threadAt(driven, 0))?.tags, ['area/upload']);
});

test('what is no tag is said beside the line, which stays as it is', async () => {
	const driven = await overMany({columns: 160});
	const {press, status, store, explorer} = driven;
	await press('t', ...'z!', 'enter');
	assert.match(status(), /Tags: z! .*"z!" is no tag\. Use letters/);
	assert.equal(explorer.state().overlay?.kind, 'entry');
	await press('backspace');
	assert.doesNotMatch(status(), /is no tag/);
	await press('escape');
	assert.equal(explorer.state().overlay, undefined);
	assert.equal((await store.annotations.sessions()).size, 0);
});

test('t edits what all marked sessions have in common, and leaves the rest of each', async () => {
	const driven = await overMany();
	const {press, store, status, settle} = driven;
	await press('space', 'space', 'j');
	const [first, second] = [...driven.explorer.state().marked];
	await store.annotations.tag([first ?? '', second ?? ''], {add: ['Both'], remove: []});
	await store.annotations.tag([first ?? ''], {add: ['own'], remove: []});
	store.annotations.change();
	await settle();
	await press('t');
	assert.match(status(), /Tags of 2 sessions: Both /);
	await press('ctrl-u', ...'new', 'enter');
	const sessions = await store.annotations.sessions();
	assert.deepEqual(sessions.get(first ?? '')?.tags, ['new', 'own']);
	assert.deepEqual(sessions.get(second ?? '')?.tags, ['new']);
	assert.equal(sessions.size, 2);
	await press('enter', 't');
	assert.match(status(), /Tags: /, 'in another pane, the session that it belongs to');
});

test('the filter finds tags and notes, and shows where', async () => {
	const driven = await overMany({columns: 120});
	const {press, rows, store, explorer, until} = driven;
	await store.annotations.tag([await threadAt(driven, 7)], {add: ['flotsam'], remove: []});
	await store.annotations.noteSession(await threadAt(driven, 9), 'ask the harbour master');
	store.annotations.change();
	await press('/', ...'#flots');
	assert.equal(explorer.state().lists.sessions.matches, 1);
	assert.match(rows('sessions')?.[0] ?? '', /tags: #flotsam/);
	await press('ctrl-u', ...'tag:flotsam');
	assert.equal(explorer.state().lists.sessions.matches, 1);
	await press('ctrl-u', ...'-tag:flotsam');
	assert.equal(explorer.state().lists.sessions.matches, 59);
	await press('ctrl-u', ...'harbour mas');
	assert.match(rows('sessions')?.[0] ?? '', /✎ .*note: ask the harbour/);
	await store.annotations.noteSession(await threadAt(driven, 11), 'the harbour master again');
	store.annotations.change();
	await until(() => explorer.state().lists.sessions.matches === 2);
});

test('m writes a note to the session, prompt or event in focus, and the breadcrumb tells it', async () => {
	const driven = await overParser();
	const {press, selected, breadcrumb, status, store} = driven;
	await press('m', ...'of the session', 'enter');
	assert.match(selected('sessions') ?? '', /^✎ ! Fix the failing/);
	assert.match(breadcrumb(), /✎ of the session$/);
	await press('enter', 'm');
	assert.match(status(), /Note of the prompt: /);
	await press(...'of the prompt', 'enter');
	assert.match(selected('prompts') ?? '', /1 ✎ Fix the failing/);
	assert.match(breadcrumb(), /✎ of the prompt$/);
	await press('enter', 'j', 'm', ...'of the event', 'enter');
	assert.match(selected('events') ?? '', /^✎ /);
	assert.match(breadcrumb(), /✎ of the event$/);
	await press('enter', 'm');
	assert.match(status(), /Note of the event: of the event/, 'the detail is that of the event');
	await press('ctrl-u', 'enter');
	assert.doesNotMatch(selected('events') ?? '', /✎/);
	const [session] = await store.listSessions({limit: 1});
	assert.equal((await store.annotations.sessions()).get(session?.threadId ?? '')?.note, 'of the session');
});

test('the prelude takes no note and no judgement, and says so', async () => {
	const {press, status, explorer} = await overParser();
	await press('enter', 'g', 'm');
	assert.match(status(), /The prelude is no prompt/);
	await press('d');
	assert.match(status(), /No prompt is selected/);
	assert.equal(explorer.state().overlay, undefined);
});

test('d chooses what became of a prompt, from where it stood', async () => {
	const {press, selected, explorer, breadcrumb} = await overParser();
	await press('enter', 'd');
	assert.equal(explorer.screen().menu?.menu, 'disposition');
	assert.equal(explorer.screen().menu?.index, 3);
	await press('3');
	assert.match(selected('prompts') ?? '', /1 \? Fix the failing/);
	assert.match(breadcrumb(), /\? needs review$/);
	await press('d');
	assert.equal(explorer.screen().menu?.index, 2);
	await press('k', 'k', 'enter');
	assert.match(selected('prompts') ?? '', /1 ✓ Fix the failing/);
	await press('d', '4');
	assert.match(selected('prompts') ?? '', /1 Fix the failing/);
});

test('b bookmarks an event and takes the bookmark away', async () => {
	const {press, selected, rows, status} = await overParser();
	await press('enter', 'enter', 'j', 'b');
	assert.match(selected('events') ?? '', /^★ /);
	assert.match(status(), /Bookmarked\./);
	assert.equal(rows('events')?.filter(row => row.includes('★')).length, 1);
	await press('enter', 'b', 'h');
	assert.doesNotMatch(selected('events') ?? '', /★/);
});

test('what another program adds is shown', async () => {
	const driven = await overMany({columns: 200});
	const {store, until, rows, explorer} = driven;
	await store.annotations.tag([await threadAt(driven, 3)], {add: ['elsewhere'], remove: []});
	store.annotations.change();
	await until(() => /#elsewhere/.test(rows('sessions')?.[3] ?? ''));
	explorer.stop();
});

test('a change that cannot be stored says why', async () => {
	const driven = await overMany();
	const {press, store, status, until} = driven;
	store.annotations.noteSession = async () => {
		throw new Error('The disk is full.');
	};
	await press('m', 'x', 'enter');
	await until(() => /The disk is full\./.test(status()));
});

test('rows with anything added fit every size of screen, and nothing of it steers the terminal', async () => {
	for (const [columns, rows] of [
		[200, 60],
		[120, 40],
		[80, 24],
		[40, 12],
		[20, 8],
	] as const) {
		const driven = await overParser({columns, rows});
		const {press, store, explorer, settle} = driven;
		const [session] = await store.listSessions({limit: 1});
		const note = hostileTexts.join(' ');
		await store.annotations.tag([session?.threadId ?? ''], {add: ['漢字'.repeat(10), 'b', 'c'], remove: []});
		await store.annotations.noteSession(session?.threadId ?? '', note);
		for (const {id} of await store.listPrompts(session?.id ?? 0)) {
			await store.annotations.notePrompt(id, note);
			await store.annotations.dispose(id, 'ignored');
			for (const event of await store.eventIds({sessionId: session?.id ?? 0, promptId: id})) {
				await store.annotations.bookmark(event, true);
				await store.annotations.noteEvent(event, note);
			}
		}

		store.annotations.change();
		await settle();
		for (const key of ['space', 'm', 'escape', 't', 'escape', 'enter', 'm', 'escape', 'enter', 'm']) {
			await press(key);
			const {panes, breadcrumb, status} = explorer.screen();
			for (const {rows: drawn, width} of panes) {
				assert.ok(
					drawn.every(row => rowWidth(row) <= width - 2),
					`${columns} after ${key}`,
				);
			}

			const all = [...panes.flatMap(pane => [pane.heading, ...pane.rows]), breadcrumb ?? [], status ?? []];
			assert.ok([breadcrumb, status].every(row => row === undefined || rowWidth(row) <= columns));
			for (const span of all.flat()) {
				assert.doesNotMatch(span.text, /[\p{Cc}\u{202A}-\u{202E}\u{2066}-\u{2069}]/u);
			}
		}

		explorer.stop();
	}
});

test('queries that led somewhere are kept, and taken up again by the next run', async () => {
	const store = createMemoryStore(...sampleSessions());
	await store.annotations.rememberQuery('earlier words');
	await store.annotations.saveView({name: 'Mine', query: 'tag:mine'});
	const search = createFakeSearch();
	const driven = await driveExplorer({store, search});
	await driven.press('s');
	const rows = () => driven.explorer.screen().overlay?.rows.map(row => rowText(row)) ?? [];
	await driven.until(() => rows().length === 2);
	assert.match(rows()[0] ?? '', /tag:mine/);
	assert.match(rows()[1] ?? '', /earlier words/);
	const [session] = await store.listSessions({limit: 1});
	const [prompt] = await store.listPrompts(session?.id ?? 0);
	const [event = 0] = await store.eventIds({sessionId: session?.id ?? 0, promptId: prompt?.id ?? 0});
	await driven.press(...'parser');
	search.answer({hits: [hitOf(event, session?.id ?? 0, 'the parser', 'parser', {promptId: prompt?.id ?? 0})]});
	await driven.press('enter');
	await driven.until(() => driven.explorer.state().overlay === undefined);
	assert.deepEqual(await store.annotations.queries(), ['earlier words', 'parser']);
	driven.explorer.stop();
});
