import assert from 'node:assert/strict';
import test from 'node:test';
import {arrange, paneIds} from '../../source/view/layout.js';

const widths = [1, 5, 20, 40, 79, 80, 81, 100, 120, 139, 140, 200, 320];
const heights = [1, 2, 3, 5, 7, 12, 24, 60];

test('panes fill the width with a column between neighbours, at any size', () => {
	for (const columns of widths) {
		for (const focus of paneIds) {
			const {panes} = arrange({columns, rows: 24}, focus);
			assert.equal(panes[0]?.x, 0);
			assert.ok(panes.every(({width}) => width >= 1));
			for (const [index, pane] of panes.entries()) {
				const next = panes[index + 1];
				assert.equal(pane.x + pane.width, next ? next.x - 1 : columns);
			}
		}
	}
});

test('rows fill the height at any size', () => {
	for (const rows of heights) {
		const layout = arrange({columns: 80, rows}, 'sessions');
		const chrome = [layout.hasBreadcrumb, layout.hasTitles, layout.hasStatus].filter(Boolean).length;
		assert.equal(layout.bodyRows + chrome, rows);
	}
});

test('three panes become two, then one', () => {
	const count = (columns: number): number => arrange({columns, rows: 24}, 'prompts').panes.length;
	assert.deepEqual([200, 140, 139, 80, 79, 20].map(count), [3, 3, 2, 2, 1, 1]);
});

test('the pane in focus is always on screen, and what it leads to where two fit', () => {
	for (const columns of widths) {
		for (const [index, focus] of paneIds.entries()) {
			const ids = arrange({columns, rows: 24}, focus).panes.map(({id}) => id);
			assert.ok(ids.includes(focus));
			const next = paneIds[index + 1];
			assert.ok(columns < 80 || next === undefined || ids.includes(next));
		}
	}
});

test('the detail gets the most room where it is read', () => {
	for (const columns of [80, 120, 140, 200]) {
		const {panes} = arrange({columns, rows: 24}, 'detail');
		const detail = panes.find(({id}) => id === 'detail');
		assert.ok(panes.every(({width}) => width <= (detail?.width ?? 0)));
	}
});
