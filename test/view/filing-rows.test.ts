import assert from 'node:assert/strict';
import test from 'node:test';
import {rowText, rowWidth} from '../../source/text/cells.js';
import {type FilingModel, filingFoot, filingRows} from '../../source/view/filing-rows.js';
import {hostileTexts} from '../helpers/sample-sessions.js';

const model: FilingModel = {
	filing: 'delete',
	title: 'Paint the hull',
	threadId: '0196c0de-0000-7000-8000-000000000001',
	logs: [
		{name: 'rollout-1.jsonl', bytes: 1_500_000},
		{name: 'rollout-2.jsonl', bytes: 500_000},
	],
	agents: [{title: 'Sand the keel', logs: 1, bytes: 1000}],
	isKept: true,
};

const textOf = (changed: Partial<FilingModel> = {}): string =>
	filingRows({...model, ...changed}, 100)
		.map(row => rowText(row))
		.join('\n');

test('it says what goes, with what, and what stays', () => {
	const text = textOf();
	assert.match(text, /Codex deletes 2 logs, 2 MB:/);
	assert.match(text, /rollout-1\.jsonl +1\.5 MB/);
	assert.match(text, /With it go 1 thread of its sub-agents, 1 kB:/);
	assert.match(text, /every byte of these logs is in the archive/);
	assert.match(text, /Codex cannot bring it back/);
	assert.match(textOf({isKept: false}), /Not every byte of these logs is in the archive .* would be lost/);
	assert.match(textOf({filing: 'archive', isKept: false}), /Nothing is lost by that/);
	assert.match(textOf({agents: []}), /No other thread/);
});

test('no row is wider than the window, whatever titles hold', () => {
	for (const width of [1, 8, 20, 40, 76]) {
		for (const title of ['灯台のランプを直してください '.repeat(9), ...hostileTexts]) {
			const rows = filingRows({...model, title, agents: [{title, logs: 1, bytes: 3}]}, width);
			const foot = filingFoot('delete', {before: 'del'.repeat(9), after: 'x'}, width);
			for (const row of [...rows, foot]) {
				assert.ok(rowWidth(row) <= width, rowText(row));
				assert.doesNotMatch(rowText(row), /[\u0000-\u001F\u007F-\u009F\u202E]/);
			}
		}
	}
});
