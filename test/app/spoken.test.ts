import assert from 'node:assert/strict';
import {test} from 'node:test';
import {newLines, type Spoken, spokenOf} from '../../source/app/spoken.js';
import {driveExplorer} from '../helpers/drive-explorer.js';

/** An explorer that is listened to: what each press of keys makes it say. */
const listen = async (isWelcome = false) => {
	const {explorer, press, settle} = await driveExplorer({columns: 400, rows: 30, isSpoken: true, isWelcome});
	let before: Spoken | undefined;
	const heard = (): string[] => {
		const spoken = spokenOf(explorer.screen(), explorer.state());
		const lines = newLines(before, spoken);
		before = spoken;
		return lines;
	};
	await settle();
	return {
		explorer,
		start: heard(),
		async hear(...keys: string[]) {
			await press(...keys);
			return heard();
		},
	};
};

test('moving says the row that is selected now, and no more', async () => {
	const {start, hear} = await listen();
	assert.match(start[0] ?? '', /^Sessions 1\/\d+/);
	assert.match(start[1] ?? '', /^\S.*, 1 of \d+$/);
	const [row, ...others] = await hear('j');
	assert.match(row ?? '', /, 2 of \d+$/);
	assert.deepEqual(others, []);
	assert.deepEqual(await hear(), [], 'nothing new, nothing said');
});

test('another pane is named before its row', async () => {
	const {hear} = await listen();
	const [place, row] = await hear('enter');
	assert.match(place ?? '', /^Prompts \d+\/\d+/);
	assert.match(row ?? '', /, \d+ of \d+$/);
});

test('a text is read as far as it is on screen, and on from there', async () => {
	const {hear} = await listen();
	const page = await hear('?');
	assert.equal(page[0], 'Keys.');
	assert.ok(page.includes('j ↓, Next row'));
	const next = await hear('j', 'j');
	assert.ok(next.length > 0 && next.length <= 2, next.join('\n'));
	assert.ok(next.every(line => !page.includes(line)));
	const back = await hear('escape');
	assert.match(back[0] ?? '', /^Sessions/);
});

test('the detail is told in its own lines', async () => {
	const {hear} = await listen();
	await hear('enter', 'enter');
	const lines = await hear('enter');
	assert.match(lines[0] ?? '', /^Detail of /);
	assert.ok(lines.length > 2, lines.join('\n'));
});

test('menus, filters and what the status line tells are said', async () => {
	const {hear} = await listen();
	assert.deepEqual((await hear('T'))[1], 'Automatic, 1 of 6');
	assert.deepEqual(await hear('j'), ['Dark, 2 of 6']);
	await hear('escape');
	assert.match((await hear('/', 'p', 'a', 'r'))[0] ?? '', /^Filter par: \d+ of \d+$/);
	await hear('escape');
	assert.match((await hear('h')).join('\n'), /This is the first pane\. Press q to quit\./);
	assert.match((await hear(':', 't', 'h', 'e', 'm', 'e'))[0] ?? '', /^Command theme$/);
	await hear('escape');
	assert.match((await hear('t', 'b', 'u', 'g'))[0] ?? '', /^Tags: bug/);
});

test('nothing that is only drawn is said', async () => {
	const {start, hear} = await listen();
	const all = [start, await hear('enter'), await hear('enter'), await hear('enter'), await hear('u')].flat();
	assert.ok(all.length > 5);
	for (const line of all) {
		assert.doesNotMatch(line, /[\u2500-\u259F]/u);
	}
});

test('who listens is told first what leads to everything else', async () => {
	const {start, hear} = await listen(true);
	assert.ok(
		start.includes('Welcome. Press ? for the keys, s to search everything, : to find a command.'),
		start.join(),
	);
	assert.doesNotMatch((await hear('j')).join(), /Welcome/);
});
