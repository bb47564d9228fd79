import assert from 'node:assert/strict';
import test from 'node:test';
import {lineText} from '../../source/app/line-editor.js';
import {selectedId} from '../../source/app/list-state.js';
import {reduce} from '../../source/app/reduce.js';
import {type Action, bodyRows, initialState, type State} from '../../source/app/state.js';

const size = {columns: 100, rows: 30};

const after = (...actions: Action[]): State => actions.reduce(reduce, initialState(size));

const rows = (list: 'sessions' | 'prompts' | 'events', count: number): Action => ({
	type: 'rows',
	list,
	ids: Array.from({length: count}, (_, index) => index + 1),
	total: count,
});

test('moving acts on the pane in focus', () => {
	const state = after(
		rows('sessions', 5),
		rows('prompts', 5),
		{type: 'focus', pane: 'prompts'},
		{
			type: 'move',
			motion: {by: 2},
		},
	);
	assert.equal(selectedId(state.lists.prompts), 3);
	assert.equal(selectedId(state.lists.sessions), 1);
});

test('the detail scrolls within its rows', () => {
	const base: Action[] = [
		{type: 'detail-rows', owner: 7, rowCount: 100},
		{type: 'focus', pane: 'detail'},
	];
	const height = bodyRows(after(...base), 'detail');
	assert.equal(after(...base, {type: 'move', motion: {to: 'last'}}).detail.top, 100 - height);
	assert.equal(after(...base, {type: 'move', motion: {by: -4}}).detail.top, 0);
	assert.equal(after(...base, {type: 'move', motion: {pages: 1}}).detail.top, height - 1);
});

test('another event begins at its top, the same one stays where it was', () => {
	const scrolled: Action[] = [
		{type: 'detail-rows', owner: 7, rowCount: 100},
		{type: 'focus', pane: 'detail'},
		{type: 'move', motion: {by: 10}},
	];
	assert.equal(after(...scrolled, {type: 'detail-rows', owner: 7, rowCount: 90}).detail.top, 10);
	assert.equal(after(...scrolled, {type: 'detail-rows', owner: 8, rowCount: 90}).detail.top, 0);
});

test('a list comes back to where it was left', () => {
	const state = after(
		{type: 'clear-rows', list: 'prompts', owner: 'a'},
		rows('prompts', 9),
		{type: 'move', motion: {by: 4}, pane: 'prompts'},
		{type: 'clear-rows', list: 'prompts', owner: 'b'},
		rows('prompts', 3),
		{type: 'clear-rows', list: 'prompts', owner: 'a'},
		rows('prompts', 9),
	);
	assert.equal(selectedId(state.lists.prompts), 5);
});

test('a filter is typed, kept and cleared', () => {
	const typed = after(
		rows('sessions', 5),
		{type: 'type-filter', list: 'sessions'},
		{
			type: 'edit-filter',
			edit: {edit: 'insert', text: 'abc'},
		},
	);
	assert.equal(typed.typing, 'sessions');
	const kept = reduce(typed, {type: 'keep-filter'});
	assert.equal(kept.typing, undefined);
	assert.equal(lineText(kept.lists.sessions.filter), 'abc');
	const cleared = reduce(typed, {type: 'clear-filter', list: 'sessions'});
	assert.equal(lineText(cleared.lists.sessions.filter), '');
	assert.equal(cleared.typing, undefined);
});

test('a preview that is stored now stays selected', () => {
	const state = after(
		{type: 'rows', list: 'sessions', ids: ['new:a', 'new:b'], total: 2},
		{type: 'move', motion: {by: 1}},
		{type: 'rename-row', list: 'sessions', from: 'new:b', to: 12},
		{type: 'rows', list: 'sessions', ids: ['new:a', 3, 12], total: 3},
	);
	assert.equal(selectedId(state.lists.sessions), 12);
});

test('a smaller screen keeps the selected row in view', () => {
	const state = after(
		rows('sessions', 50),
		{type: 'move', motion: {by: 24}},
		{
			type: 'resize',
			size: {columns: 20, rows: 5},
		},
	);
	const {cursor, top} = state.lists.sessions;
	assert.ok(cursor >= top && cursor < top + bodyRows(state, 'sessions'));
});

test('actions that change nothing return the same state', () => {
	const state = after(rows('sessions', 1));
	assert.equal(reduce(state, {type: 'move', motion: {by: 1}}), state);
	assert.equal(reduce(state, {type: 'scroll-overlay', motion: {by: 1}}), state);
});
