import assert from 'node:assert/strict';
import test from 'node:test';
import type {EventSummary, PromptSummary} from '../../source/model/session.js';
import {rowText, rowWidth} from '../../source/text/cells.js';
import {isTechnical} from '../../source/view/event-kinds.js';
import {eventColumns, eventFields, eventHeading, eventRow, pendingEventRow} from '../../source/view/event-rows.js';
import {preludeRow, promptColumns, promptHeading, promptRow} from '../../source/view/prompt-rows.js';
import {createMemoryStore} from '../helpers/memory-store.js';
import {sampleSessions} from '../helpers/sample-sessions.js';

const store = createMemoryStore(...sampleSessions());
const prompts: PromptSummary[] = [];
const events: EventSummary[] = [];
for (const session of await store.listSessions({limit: 100})) {
	const ownPrompts = await store.listPrompts(session.id);
	prompts.push(...ownPrompts);
	for (const promptId of ['prelude' as const, ...ownPrompts.map(({id}) => id)]) {
		events.push(...(await store.listEvents(await store.eventIds({sessionId: session.id, promptId}))));
	}
}

const base = events[0];
assert.ok(base);
const text = (change: Partial<EventSummary>, width = 90): string =>
	rowText(eventRow({...base, context: null, at: null, ...change}, eventColumns(width))).trimEnd();

test('event rows are exactly as wide as asked for', () => {
	for (const width of [1, 9, 20, 34, 44, 60, 90]) {
		const columns = eventColumns(width);
		for (const event of events) {
			assert.equal(rowWidth(eventRow(event, columns)), width);
		}

		assert.equal(rowWidth(eventHeading(columns, [{text: 'Events'}])), width);
		assert.equal(rowWidth(pendingEventRow(columns)), width);
	}
});

test('prompt rows are exactly as wide as asked for', () => {
	for (const width of [4, 12, 30, 44, 80]) {
		const columns = promptColumns(width, 120);
		for (const prompt of prompts) {
			assert.equal(rowWidth(promptRow(prompt, columns)), width);
		}

		assert.equal(rowWidth(promptHeading(columns, [{text: 'Prompts'}])), width);
		assert.equal(rowWidth(preludeRow(3, columns)), width);
	}
});

test('glyphs are one ASCII character', () => {
	for (const event of events) {
		assert.match(rowText(eventRow(event, eventColumns(60))), /^[!-~] \S/);
	}
});

test('a command tells how it ended', () => {
	const call = {kind: 'tool-call', tool: 'command', label: 'exec_command', text: 'npm test'} as const;
	assert.match(text({...call, status: 'failed', exitCode: 1, durationMs: 1100}), /^\$ npm test +exit 1 +1\.1s$/);
	assert.match(text({...call, status: 'completed', exitCode: 0}), /^\$ npm test +ok$/);
	assert.match(text({...call, status: 'open'}), /open$/);
	assert.match(text({...call, status: 'declined'}), /declined$/);
});

test('a command does not repeat that it runs in the folder of the session', () => {
	const call = {kind: 'tool-call', tool: 'command', label: 'exec_command'} as const;
	const row = (command: string, folder: string | null = '/home/ada/shop'): string =>
		rowText(eventRow({...base, ...call, context: null, text: command}, eventColumns(60), {folder})).trimEnd();
	assert.equal(row('cd /home/ada/shop && npm test'), '$ npm test');
	assert.equal(row("cd '/home/ada/shop' && npm test"), '$ npm test');
	assert.equal(row('cd "/home/ada/shop/" && npm test'), '$ cd "/home/ada/shop/" && npm test');
	assert.equal(row('cd /home/ada/shop/ && npm test'), '$ npm test');
	assert.equal(row('cd /home/ada/shop/web && npm test'), '$ cd /home/ada/shop/web && npm test');
	assert.equal(row('cd /home/ada/shop-2 && ls'), '$ cd /home/ada/shop-2 && ls');
	assert.equal(row('cd /home/ada/shop && '), '$ cd /home/ada/shop &&');
	assert.equal(row('cd /home/ada/shop && ls', null), '$ cd /home/ada/shop && ls');
	assert.deepEqual(eventFields({...base, ...call, text: 'cd /a && ls'}, '/a'), ['', 'ls']);
});

test('a narrow row says only what went wrong, before the text', () => {
	const call = {kind: 'tool-call', tool: 'command', label: 'exec_command', text: 'npm test'} as const;
	assert.equal(text({...call, status: 'failed', exitCode: 1}, 24), '$ exit 1 npm test');
	assert.equal(text({...call, status: 'completed', exitCode: 0}, 24), '$ npm test');
});

test('a text runs on where there is no result', () => {
	const said = {kind: 'message', label: 'assistant', text: 'word '.repeat(40)} as const;
	const at = '2026-03-04T12:00:00Z';
	assert.match(text({...said, at}), /word w\S*… {2}\d\d:\d\d:\d\d$/);
	assert.match(text({...said, at, durationMs: 1100}), /…? {2,}1\.1s {2}\d\d:/);
});

test('a tool without a shell line is called by its name', () => {
	assert.match(
		text({kind: 'tool-call', tool: 'mcp', label: 'docs.search', text: 'streams'}),
		/^@ docs\.search streams/,
	);
});

test('an empty reasoning says why', () => {
	assert.match(text({kind: 'reasoning', text: ''}), /^~ reasoning, stored encrypted/);
});

test('bold signs of Markdown are left out', () => {
	assert.match(text({kind: 'reasoning', text: '**Plan**\n\nFirst'}), /^~ Plan First/);
});

test('bookkeeping is technical, talk and work are not', () => {
	const technical = (change: Partial<EventSummary>): boolean => isTechnical({...base, context: null, ...change});
	assert.ok(technical({kind: 'token-usage'}));
	assert.ok(technical({kind: 'turn-context'}));
	assert.ok(technical({kind: 'message', label: 'user', context: 'environment_context'}));
	assert.ok(technical({kind: 'message', label: 'developer'}));
	assert.ok(!technical({kind: 'message', label: 'assistant'}));
	assert.ok(technical({kind: 'reasoning', text: ''}));
	assert.ok(!technical({kind: 'reasoning', text: 'Looking'}));
	assert.ok(!technical({kind: 'turn-aborted'}));
	assert.ok(!technical({kind: 'problem'}));
});

test('prompts that did not stay or did not finish say so', () => {
	const [prompt] = prompts;
	assert.ok(prompt);
	const row = (change: Partial<PromptSummary>): string =>
		rowText(promptRow({...prompt, ...change}, promptColumns(80, 9)));
	assert.match(row({outcome: 'aborted'}), /stopped/);
	assert.match(row({outcome: 'failed'}), /failed/);
	assert.match(row({state: 'rolled-back'}), /rolled back/);
	assert.match(row({state: 'inherited'}), /inherited/);
	assert.match(row({gone: {since: '2026-03-04T12:00:00Z', reason: 'rewritten'}}), /gone since 2026-03-04/);
	assert.match(row({imageCount: 2}), /\[2 images\]/);
	assert.match(row({title: ''}), /no text/);
});
