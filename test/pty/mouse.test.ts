import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {fillHome} from './invented-home.js';
import {allRead, Place} from './program.js';

describe('the mouse', {concurrency: 2}, () => {
	test('clicks, double clicks and the wheel walk as keys do', async t => {
		const place = new Place(t);
		fillHome(place);
		const terminal = await place.open({cols: 120, rows: 30});
		await allRead(terminal);
		assert.ok(terminal.isMouseTaken);
		terminal.click('Wet logbook');
		await terminal.see(/▌.*Wet logbook/);
		terminal.click('Wet logbook', 2);
		await terminal.see(/Prompts \d.*│ ?Events/);
		await terminal.miss(/▌.*Wet logbook/);

		await terminal.press('?');
		await terminal.see(/Keys {2}1\//);
		terminal.wheel('Next row', 2);
		await terminal.see(/Keys {2}7\//);
		await terminal.press('Esc', 'q');
		assert.deepEqual(await terminal.exited(), {exitCode: 0, signal: 0});
		assert.ok(!terminal.isMouseTaken);
	});

	test('a result of the search is clicked and opened', async t => {
		const place = new Place(t);
		fillHome(place);
		const terminal = await place.open({cols: 120, rows: 30});
		await allRead(terminal);
		await terminal.press('s', 'lighthouse');
		await terminal.see(/\d+ hits?/);
		await terminal.see('  > Turn the lighthouse');
		terminal.click('> Turn the lighthouse', 2);
		await terminal.miss(/Search .*lighthouse/);
		await terminal.see(/Sessions|Prompts|Events/);
	});

	test('a report that comes in pieces is no key', async t => {
		const place = new Place(t);
		fillHome(place);
		const terminal = await place.open();
		await allRead(terminal);
		await terminal.press('\u001B[<65;1', ';9M', '/', '\u001B[', '<0;90;20M', '\u001B[<0;90;20m', 'zz');
		await terminal.quiet();
		await terminal.press('?');
		await terminal.until(
			() => /Keys {2}1\//.test(terminal.screen()) || /\/zz\?/.test(terminal.screen()),
			'took no key',
		);
		assert.doesNotMatch(terminal.screen(), /\[<|;9M|20m/i);
		await terminal.press('\u0003');
		assert.deepEqual(await terminal.exited(), {exitCode: 0, signal: 0});
	});

	test('mouse = false leaves the mouse to the terminal', async t => {
		const place = new Place(t);
		fillHome(place);
		place.write('../config/codex-tui/config.toml', '[ui]\nmouse = false\n');
		const terminal = await place.open();
		await allRead(terminal);
		assert.ok(!terminal.isMouseTaken);
		assert.ok(!terminal.written.includes('\u001B[?1000h'));
	});
});
