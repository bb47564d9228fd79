import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {emptyList, type ListState, moved, paged, refreshed, selectedId} from '../../source/app/list-state.js';

const list = (count: number, change: Partial<ListState> = {}): ListState => ({
	...emptyList('owner'),
	ids: Array.from({length: count}, (_, index) => index),
	total: count,
	...change,
});

test('the selection stops at both ends', () => {
	assert.equal(moved(list(5), -3, 10).cursor, 0);
	assert.equal(moved(list(5), 99, 10).cursor, 4);
	assert.equal(moved(list(0), 1, 10).cursor, 0);
});

test('the window follows before the selection reaches its edge', () => {
	const {top, cursor} = moved(list(100), 17, 20);
	assert.deepEqual({top, cursor}, {top: 1, cursor: 17});
});

test('a page keeps the selected row where the eye is', () => {
	const {top, cursor} = paged(list(100, {cursor: 5, top: 2}), 10, 20);
	assert.deepEqual({top, cursor}, {top: 12, cursor: 15});
});

test('rows that arrive above leave the selected row selected and in place', () => {
	const before = list(50, {cursor: 20, top: 15});
	const ids = ['new', 'newer', ...before.ids];
	const after = refreshed(before, {ids, total: ids.length}, 10);
	assert.equal(selectedId(after), 20);
	assert.equal(after.cursor - after.top, 5);
});

test('rows that arrive above a list at its top are seen', () => {
	const after = refreshed(list(5), {ids: ['new', 0, 1, 2, 3, 4], total: 6}, 10);
	assert.equal(selectedId(after), 0);
	assert.equal(after.top, 0);
});

test('a row that is gone leaves its neighbour selected', () => {
	const after = refreshed(list(5, {cursor: 4}), {ids: [0, 1, 2], total: 3}, 10);
	assert.equal(selectedId(after), 2);
});

test('a list without rows opens where it was left, else at the row asked for', () => {
	const ids = [0, 1, 2, 3];
	assert.equal(selectedId(refreshed(list(0), {ids, total: 4, select: 2}, 10)), 2);
	assert.equal(selectedId(refreshed(list(0), {ids, total: 4, select: 2, place: {id: 3, top: 0}}, 10)), 3);
});

test('a forced row is selected whatever was', () => {
	const ids = [0, 1, 2];
	assert.equal(selectedId(refreshed(list(3, {cursor: 1}), {ids, total: 3, select: 2, isForced: true}, 10)), 2);
});

test('whatever happens, the selected row is on screen', () => {
	const step = fc.oneof(
		fc.record({kind: fc.constant('move' as const), by: fc.integer({min: -50, max: 50})}),
		fc.record({kind: fc.constant('page' as const), by: fc.integer({min: -50, max: 50})}),
		fc.record({kind: fc.constant('rows' as const), by: fc.integer({min: 0, max: 60})}),
	);
	fc.assert(
		fc.property(fc.array(step), fc.integer({min: 1, max: 30}), (steps, height) => {
			let state = list(40);
			for (const {kind, by} of steps) {
				state =
					kind === 'move'
						? moved(state, state.cursor + by, height)
						: kind === 'page'
							? paged(state, by, height)
							: refreshed(state, {ids: list(by).ids, total: by}, height);
				assert.ok(state.top >= 0 && state.top <= state.cursor);
				assert.ok(state.ids.length === 0 || state.cursor < state.ids.length);
				assert.ok(state.cursor < state.top + height);
			}
		}),
	);
});
