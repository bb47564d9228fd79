import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {PaneId} from '../../source/view/layout.js';
import {type Driven, driveExplorer} from '../helpers/drive-explorer.js';
import {createMemoryStore} from '../helpers/memory-store.js';
import {manySessions} from '../helpers/sample-sessions.js';

const open = async (size: {columns: number; rows: number}, sessions = 100) => {
	let time = 0;
	const driven = await driveExplorer({
		...size,
		store: createMemoryStore(...manySessions(sessions)),
		clock: () => time,
	});
	const {explorer, settle} = driven;
	return {
		...driven,
		wait(ms: number) {
			time += ms;
		},
		async click(x: number, y: number) {
			explorer.point({kind: 'press', x, y});
			await settle();
		},
		async wheel(x: number, y: number, by: number) {
			explorer.point({kind: 'wheel', x, y, by});
			await settle();
		},
	};
};

/** A cell of a pane: its first column, and the row of the screen that its first list row stands in. */
const cornerOf = ({explorer}: Driven, pane: PaneId): {x: number; y: number} => {
	const {panes, breadcrumb, hasTitles} = explorer.screen();
	const before = panes.slice(
		0,
		panes.findIndex(({id}) => id === pane),
	);
	return {
		x: before.reduce((sum, {width}) => sum + width + 1, 1),
		y: Number(breadcrumb !== undefined) + Number(hasTitles),
	};
};

test('a press selects the row under it, and its pane has the keys', async () => {
	const driven = await open({columns: 160, rows: 30});
	const {explorer, click} = driven;
	const sessions = cornerOf(driven, 'sessions');
	await click(sessions.x, sessions.y + 4);
	assert.equal(explorer.state().lists.sessions.cursor, 4);
	assert.equal(explorer.state().lists.sessions.top, 0, 'nothing scrolls away under the pointer');

	const prompts = cornerOf(driven, 'prompts');
	await click(prompts.x, prompts.y);
	assert.equal(explorer.state().focus, 'prompts');
	assert.equal(explorer.state().lists.sessions.cursor, 4);
	await click(prompts.x, prompts.y - 1);
	assert.equal(explorer.state().focus, 'prompts', 'a title is no row');
});

test('two presses open, wherever the first one has moved the panes', async () => {
	const driven = await open({columns: 100, rows: 24});
	const {explorer, click, wait} = driven;
	const {x, y} = cornerOf(driven, 'sessions');
	await click(x, y + 2);
	wait(500);
	await click(x, y + 2);
	assert.equal(explorer.state().focus, 'sessions', 'too late for a double click');
	wait(200);
	await click(x + 1, y + 2);
	assert.equal(explorer.state().focus, 'prompts');
	wait(100);
	await click(x, y + 2);
	assert.equal(explorer.state().focus, 'prompts', 'a third press begins anew');
});

test('the wheel scrolls what lies under it, and the selection stays while it is seen', async () => {
	const driven = await open({columns: 160, rows: 30});
	const {explorer, wheel, press} = driven;
	const {x, y} = cornerOf(driven, 'sessions');
	await press('j', 'j', 'j', 'j', 'j', 'j', 'j', 'j');
	await wheel(x, y + 5, 1);
	assert.deepEqual([explorer.state().lists.sessions.top, explorer.state().lists.sessions.cursor], [3, 8]);
	await wheel(x, y + 5, 5);
	const {top, cursor} = explorer.state().lists.sessions;
	assert.equal(top, 18);
	assert.ok(cursor >= top && cursor < top + 27, 'the selection came along');
	await wheel(x, y + 5, 100);
	assert.equal(driven.rows('sessions')?.length, explorer.screen().bodyRows, 'the end holds it');
	await wheel(x, y + 5, -100);
	assert.equal(explorer.state().lists.sessions.top, 0);

	await press('enter', 'enter');
	const detail = cornerOf(driven, 'detail');
	const focus = explorer.state().focus;
	await wheel(detail.x, detail.y, 1);
	assert.equal(explorer.state().focus, focus, 'the wheel moves no focus');
});

test('a press while a filter is typed keeps it', async () => {
	const driven = await open({columns: 100, rows: 24});
	const {explorer, click, press} = driven;
	await press('/', 'l', 'o', 'g');
	const {x, y} = cornerOf(driven, 'sessions');
	await click(x, y + 1);
	assert.equal(explorer.state().typing, undefined);
	assert.equal(explorer.state().lists.sessions.filter.before, 'log');
	assert.equal(explorer.state().lists.sessions.cursor, 1);
});

test('a menu is chosen from, and nothing behind it is touched', async () => {
	const driven = await open({columns: 100, rows: 24});
	const {explorer, click, press, wheel} = driven;
	await press('S');
	const menuTop = 24 - 1 - (explorer.screen().menu?.height ?? 0);
	await click(3, 4);
	assert.equal(explorer.state().lists.sessions.cursor, 0);
	await wheel(3, menuTop, 1);
	assert.equal(explorer.screen().menu?.index, 1);
	await click(3, menuTop + 2);
	assert.equal(explorer.screen().menu?.index, 2);
	await click(3, menuTop + 2);
	assert.equal(explorer.state().order, 'title');
	assert.equal(explorer.screen().menu, undefined);
});

test('of a menu with more choices than room, the row under the pointer is meant', async () => {
	const driven = await open({columns: 60, rows: 10});
	const {explorer, click, press} = driven;
	await press('S', 'k', 'k');
	const {height = 0, index = 0} = explorer.screen().menu ?? {};
	assert.ok(height < 9, 'there is less room than choices');
	await click(3, 10 - 1 - height);
	assert.equal(explorer.screen().menu?.index, index - height + 1);
});

test('the list of commands is pointed at, scrolled and run', async () => {
	const driven = await open({columns: 100, rows: 24});
	const {explorer, click, press, wheel} = driven;
	await press(':');
	await click(5, 5);
	const shown = explorer.screen().overlay;
	assert.equal((shown?.top ?? 0) + (shown?.selected ?? 0), 3);
	await press('escape', '?');
	await wheel(5, 5, 2);
	assert.equal(explorer.screen().overlay?.top, 6);
	await wheel(5, 5, -9);
	assert.equal(explorer.screen().overlay?.top, 0);
});

test('a line that is typed belongs to what was selected: a press changes nothing then', async () => {
	const driven = await open({columns: 100, rows: 24});
	const {explorer, click, press} = driven;
	await press('t', 'x');
	const {x, y} = cornerOf(driven, 'sessions');
	await click(x, y + 3);
	await click(x, y + 3);
	assert.equal(explorer.state().overlay?.kind, 'entry');
	assert.equal(explorer.state().lists.sessions.cursor, 0);
});

test('no cell of any screen fails to be pointed at', async () => {
	for (const [columns, rows] of [
		[160, 30],
		[80, 24],
		[40, 8],
		[10, 3],
		[1, 1],
	] as const) {
		const {explorer} = await open({columns, rows}, 5);
		for (const keys of [[], ['S'], ['escape', '?'], ['escape', ':'], ['escape', 'u'], ['escape', 's']]) {
			for (const key of keys) {
				explorer.press(key);
			}

			for (const [x, y] of [
				[0, 0],
				[columns - 1, rows - 1],
				[Math.floor(columns / 2), Math.floor(rows / 2)],
				[columns + 5, rows + 5],
			] as const) {
				explorer.point({kind: 'press', x, y});
				explorer.point({kind: 'wheel', x, y, by: 1});
				assert.equal(explorer.screen().size.columns, columns);
			}
		}
	}
});
