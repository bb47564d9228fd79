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
		await terminal.quiet(100);
		const screen = terminal.screen();
		if (seen.has(size)) {
			assert.equal(screen, seen.get(size), `${size.cols}×${size.rows}, the second time`);
			continue;
		}

		seen.set(size, screen);
		const lines = terminal.lines();
		if (size.rows >= 5) {
			assert.match(screen, /Turn/);
			assert.match(lines.at(-1) ?? '', /q quit|problems/, screen);
		}

		const titles = lines.filter(line => /^ ?Events \d/.test(line));
		assert.ok(titles.length <= 1, `stale rows:\n${screen}`);
	}

	terminal.resize({cols: 80, rows: 24});
	for (const size of [sizes[2], sizes[0], sizes[3], sizes[1]]) {
		terminal.resize(size ?? {cols: 80, rows: 24});
	}

	await terminal.quiet(100);
	assert.equal(terminal.screen(), seen.get(sizes[1] as Size), 'after several sizes at once');
	await terminal.press('q');
	assert.deepEqual(await terminal.exited(), {exitCode: 0, signal: 0});
});
