import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Size} from '../helpers/terminal.js';
import {fillHome} from './invented-home.js';
import {allRead, Place} from './program.js';

const sizes: Size[] = [
	{cols: 200, rows: 60},
	{cols: 80, rows: 24},
	{cols: 40, rows: 12},
	{cols: 20, rows: 5},
	{cols: 5, rows: 2},
];

test('any size is drawn whole, and coming back to a size gives its screen again', async t => {
	const place = new Place(t);
	fillHome(place);
	const terminal = await place.open(sizes[0]);
	await allRead(terminal);
	await terminal.press('Enter');
	await terminal.see(/Events 1\/7/);
	await terminal.press('Enter');
	await terminal.see(/Detail/);
	const seen = new Map<Size, string>();
	for (const size of [...sizes, ...sizes.toReversed().slice(1)]) {
		terminal.resize(size);
		const before = seen.get(size);
		if (before !== undefined) {
			await terminal.until(() => terminal.screen() === before, `is not as at first at ${size.cols}×${size.rows}`);
			continue;
		}

		await terminal.quiet(100);
		if (size.rows >= 5) {
			await terminal.see(/Turn/);
			await terminal.until(() => /q quit|problems/.test(terminal.lines().at(-1) ?? ''), 'has no status line');
			await terminal.quiet(100);
		}

		seen.set(size, terminal.screen());
		const lines = terminal.lines();

		const titles = lines.filter(line => /^ ?Events \d/.test(line));
		assert.ok(titles.length <= 1, `stale rows:\n${lines.join('\n')}`);
	}

	terminal.resize({cols: 80, rows: 24});
	for (const size of [sizes[2], sizes[0], sizes[3], sizes[1]]) {
		terminal.resize(size ?? {cols: 80, rows: 24});
	}

	const last = seen.get(sizes[1] as Size);
	await terminal.until(() => terminal.screen() === last, 'is not as at first after several sizes at once');
	await terminal.press('q');
	assert.deepEqual(await terminal.exited(), {exitCode: 0, signal: 0});
});
