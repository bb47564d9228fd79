import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fillHome} from './invented-home.js';
import {allRead, Place} from './program.js';

const esc = '\\u001B';

/** One colour or attribute: no blinking, nothing concealed. */
const attribute =
	'(?:[0-479]|2[2-579]|3[0-79]|4[0-79]|9[0-7]|10[0-7]|[34]8;5;\\d{1,3}|[34]8;2;\\d{1,3};\\d{1,3};\\d{1,3})?';

/** Every control sequence that the program may write. */
const ours = [
	`${esc}\\[(?:${attribute};?)*m`,
	// Cursor moves, erased screens and lines, nothing that scrolls or reports.
	`${esc}\\[(?:\\d+(?:;\\d+)?)?[ABCDEFGHJK]`,
	// Other screen, cursor, whole frames, pastes.
	`${esc}\\[\\?(?:1049|25|2026|2004)[hl]`,
	// The mouse, in the form that says what it is; never by itself.
	`${esc}\\[\\?1000h${esc}\\[\\?1006h`,
	`${esc}\\[\\?1006l${esc}\\[\\?1000l`,
	// The background's colour and the kind of terminal are asked for once.
	`${esc}\\]11;\\?${esc}\\\\`,
	`${esc}\\[c`,
	'\\r?\\n',
	'\\r',
];

const allowed = new RegExp(ours.join('|'), 'g');

/** Controls of both kinds, direction overrides, and what cannot be seen. */
const unclean =
	/[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\u00AD\u3164\u{E0000}-\u{E007F}]/u;

/** Flags of Scotland and its like are spelt with tags behind a black flag. */
const flagTags = /(?<=🏴)[\u{E0020}-\u{E007F}]+/gu;

const assertClean = (written: string): void => {
	const rest = written.replace(allowed, '').replace(flagTags, '');
	const at = rest.search(unclean);
	assert.equal(at, -1, `the terminal got ${JSON.stringify(rest.slice(Math.max(0, at - 40), at + 40))}`);
	assert.equal(written.split('\u001B]11;').length, 2);
	assert.ok(written.split('\u001B[?1000h').length <= 2, 'the mouse is taken once');
};

test('the list of our own sequences holds no others', () => {
	for (const harmless of ['\u001B[0m', '\u001B[38;2;1;2;3m', '\u001B[1;31m', '\u001B[3;1H', '\u001B[?2026h']) {
		assert.equal(harmless.replace(allowed, ''), '');
	}

	for (const harmful of [
		'\u001B[8m',
		'\u001B[5m',
		'\u001B[1;8m',
		'\u001B[6n',
		'\u001B]0;title\u0007',
		'\u001B]52;c;eA==\u0007',
		'\u001B]8;;http://example.invalid\u001B\\',
		'\u001B[?1000h',
		'\u001B[?1003h',
		'\u001Bc',
		'\u009B2J',
		'\u001BP0q\u001B\\',
	]) {
		assert.match(harmful.replace(allowed, ''), unclean, JSON.stringify(harmful));
	}
});

for (const [cols, rows, prompts] of [
	[80, 24, 5],
	[200, 60, 28],
] as const) {
	test(`whatever is in a log, the terminal gets our own sequences only, at ${cols}×${rows}`, async t => {
		const place = new Place(t);
		fillHome(place);
		const terminal = await place.open({cols, rows});
		await allRead(terminal);
		await terminal.press('S', 'Esc', 'p');
		await terminal.see('could not be read');
		await terminal.press('Esc');
		await terminal.press('/', 'painted name', 'Enter');
		await terminal.see(/Sessions 1\/1/);
		await terminal.quiet();
		await terminal.press('Enter');
		await terminal.see(/Events \d/);
		await terminal.press('G', 'Enter');
		await terminal.see(/Detail/);
		await terminal.press('Esc', 'Esc', 'Esc');
		await terminal.press('/', 'hostile', 'Enter');
		await terminal.see(/Prompts 2\/\d+/);
		await terminal.press('Enter');
		await terminal.see(/Events 1\/\d/);
		await terminal.press('g', 'Enter');
		await terminal.see(/Detail/);
		for (let prompt = 0; prompt < prompts; prompt++) {
			await terminal.press(']');
			await terminal.quiet(40);
		}

		// The last prompt has everything in each of its events.
		await terminal.press('h', 'h', 'G', 'l', 'l');
		await terminal.see(/Events \d/);
		await terminal.press('g');
		for (let event = 0; event < 7; event++) {
			await terminal.press('j');
			await terminal.quiet(100);
			await terminal.press('l', 'PgDn', 'PgDn');
			await terminal.quiet(40);
			await terminal.press('G');
			await terminal.quiet(40);
			await terminal.press('h');
		}

		assertClean(terminal.written);
		assert.equal(terminal.buffer, 'alternate');
		assert.ok(!terminal.isCursorVisible);
		await terminal.press('q');
		assert.deepEqual(await terminal.exited(), {exitCode: 0, signal: 0});
		assertClean(terminal.written);
	});
}
