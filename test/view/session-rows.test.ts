import assert from 'node:assert/strict';
import test from 'node:test';
import {rowText, rowWidth} from '../../source/text/cells.js';
import {sessionColumns, sessionFields, sessionHeading, sessionRow} from '../../source/view/session-rows.js';
import {createMemoryStore} from '../helpers/memory-store.js';
import {sampleSessions} from '../helpers/sample-sessions.js';

const now = new Date('2026-03-04T12:00:00Z');
const sessions = await createMemoryStore(...sampleSessions()).listSessions({limit: 100});
const columnIds = (width: number): string[] => sessionColumns(width).map(({id}) => id);

test('every row is exactly as wide as asked for, whatever it holds', () => {
	for (const width of [1, 8, 20, 38, 46, 60, 90, 120, 200]) {
		const columns = sessionColumns(width);
		for (const session of sessions) {
			assert.equal(rowWidth(sessionRow(session, columns, {now, home: '/home/ada'})), width);
			const added = {tags: ['bug', '漢字', 'a-long-name-for-a-tag', 'z'], note: 'n'};
			const marks = [[], [], [], [], [[0, 3]], [[0, 1]]] as const;
			const context = {now, home: '/home/ada', added, isMarked: true};
			assert.equal(rowWidth(sessionRow(session, columns, context)), width);
			assert.equal(rowWidth(sessionRow(session, columns, {...context, marks})), width);
		}

		assert.equal(rowWidth(sessionHeading(columns, [{text: 'Sessions 1/9'}])), width);
		const sorted = {id: 'tokens', isDescending: true} as const;
		assert.equal(rowWidth(sessionHeading(columns, [{text: 'Sessions 1/9'}], sorted)), width);
	}
});

test('columns come in order of importance as the pane widens', () => {
	assert.deepEqual(columnIds(20), ['title']);
	assert.deepEqual(columnIds(40), ['title', 'when']);
	assert.deepEqual(columnIds(60), ['title', 'when', 'folder', 'prompts']);
	assert.deepEqual(columnIds(140), ['title', 'when', 'folder', 'model', 'prompts', 'duration', 'tokens']);
	assert.deepEqual(columnIds(170), ['title', 'when', 'folder', 'branch', 'model', 'prompts', 'duration', 'tokens']);
});

test('how much is hidden is told where there is most room, and first of all where rows are sorted by it', () => {
	assert.deepEqual(columnIds(190).at(-1), 'redactions');
	const narrow = sessionColumns(60, 'redactions');
	assert.deepEqual(
		narrow.map(({id}) => id),
		['title', 'when', 'prompts', 'redactions'],
	);
	const [session] = sessions;
	assert.ok(session);
	const told = (redactions: number | null): string =>
		rowText(sessionRow(session, narrow, {now, home: undefined, redactions})).slice(-8);
	assert.deepEqual([told(12), told(0), told(null)], ['      12', '       0', '        ']);
	assert.deepEqual(
		columnIds(28),
		sessionColumns(28, 'redactions').map(({id}) => id),
		'no room for it',
	);
});

test('the title keeps at least 24 cells beside other columns, and almost half of the row', () => {
	for (let width = 36; width < 260; width++) {
		const columns = sessionColumns(width);
		const widthOf = (name: string): number => columns.find(({id}) => id === name)?.width ?? 0;
		assert.ok(widthOf('title') >= Math.max(24, width * 0.45));
		assert.ok(widthOf('folder') <= 16);
	}
});

test('a row reads from left to right', () => {
	const session = sessions.find(({title}) => title === 'Fix the failing parser test');
	assert.ok(session);
	const row = sessionRow({...session, startedAt: '2026-03-04T11:48:00Z'}, sessionColumns(170), {
		now,
		home: '/home/ada',
	});
	assert.match(
		rowText(row),
		/^! Fix the failing parser test +12m ago +…\/project\/parser +fix\/parser +gpt-5\.2-codex +3 +4m 45s +37\.2k$/,
	);
});

test('marks fall on the part of a folder that is shown', () => {
	const session = sessions.find(({cwd}) => cwd?.endsWith('/parser'));
	assert.ok(session);
	const [, folder = ''] = sessionFields(session, '/home/ada');
	const at = folder.lastIndexOf('parser');
	const row = sessionRow(session, sessionColumns(60), {
		now,
		home: '/home/ada',
		marks: [[], [[at, at + 6]], [], []],
	});
	assert.deepEqual(
		row.filter(span => span.tone === 'match').map(span => span.text.trim()),
		['parser'],
	);
});

test('a match that no column shows is told beside the title', () => {
	const session = sessions.find(({cwd}) => cwd?.endsWith('/parser'));
	assert.ok(session);
	const [title = '', folder = '', branch = ''] = sessionFields(session, '/home/ada');
	const at = folder.lastIndexOf('parser');
	const row = (marks: readonly (readonly (readonly [number, number])[])[], width = 40): string => {
		const drawn = sessionRow(session, sessionColumns(width), {now, home: '/home/ada', marks});
		assert.equal(rowWidth(drawn), width);
		return rowText(drawn);
	};
	assert.match(row([[], [[at, at + 6]], [], []], 44), /folder: …\/parser/);
	assert.match(row([[], [], [[0, branch.length]], []], 44), /branch: fix/);
	assert.doesNotMatch(row([[[0, 3]], [[at, at + 6]], [], []], 44), /folder:/, title);
	assert.doesNotMatch(row([[], [[at, at + 6]], [], []], 80), /folder:/);
});

test('a session that is being read says so', () => {
	const [session] = sessions;
	assert.ok(session);
	const row = sessionRow({...session, title: null, kind: 'main'}, sessionColumns(60), {
		now,
		home: undefined,
		isReading: true,
	});
	assert.match(rowText(row), /reading….* …$/);
});

test('a row shows where it hangs and what came from it, in the room there is', () => {
	const [session] = sessions;
	assert.ok(session);
	const kin = {guide: '│ └ ', isContext: false, branch: {threads: 3, tokens: 1_234_000}};
	const text = (width: number): string => {
		const row = sessionRow({...session, kind: 'main', archived: false, title: 'Move'}, [{id: 'title', width}], {
			now,
			home: undefined,
			kin,
		});
		assert.equal(rowWidth(row), width);
		return rowText(row);
	};
	assert.match(text(64), /^│ └ Move +3 threads, 1\.2M tokens$/);
	assert.match(text(40), /^│ └ Move +\+2 1\.2M$/);
	assert.match(text(20), /^│ └ Move +$/);
});

test('a session whose logs are gone says so, and since when where there is room', () => {
	const [session] = sessions;
	assert.ok(session);
	const gone = {since: '2026-03-01T12:00:00Z', reason: 'deleted'};
	const text = (width: number): string =>
		rowText(
			sessionRow({...session, kind: 'main', archived: false, title: 'Move', gone}, [{id: 'title', width}], {
				now,
				home: undefined,
			}),
		).trimEnd();
	assert.equal(text(30), 'gone: Move');
	assert.equal(text(70), 'gone since 2026-03-01: Move');
});
