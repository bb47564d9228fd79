import assert from 'node:assert/strict';
import {test} from 'node:test';
import {newLines, type Spoken, spokenOf} from '../../source/app/spoken.js';
import {driveExplorer} from '../helpers/drive-explorer.js';

/** An explorer that is listened to: what each press of keys makes it say. */
const listen = async (isWelcome = false) => {
	const {explorer, press, settle} = await driveExplorer({columns: 400, rows: 30, isSpoken: true, isWelcome});
	let before: Spoken | undefined;
	const heard = (): string[] => {
		const spoken = spokenOf(explorer.screen(), explorer.state(), before);
		const lines = newLines(before, spoken);
		before = spoken;
		return lines;
	};
	await settle();
	return {
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

test('that logs are read is told once, not with every line that is appended', async () => {
	const {explorer} = await driveExplorer({isSpoken: true});
	const {progress, ...state} = explorer.state();
	assert.ok(progress);
	let before: Spoken | undefined;
	const told = (['finding', 'reading', 'archiving', 'reading', 'watching', 'reading', 'watching'] as const).flatMap(
		phase => {
			const spoken = spokenOf(explorer.screen(), {...state, progress: {...progress, phase}}, before);
			const lines = newLines(before, spoken);
			before = spoken;
			return lines.slice(-1);
		},
	);
	assert.deepEqual(told.slice(1), ['Reading logs.', 'All logs are read.']);
});

test('a row that only grows in figures is told once, one whose words change again', () => {
	const at = (id: string, words: string): Spoken => ({
		place: {id: 'sessions all', words: 'Sessions'},
		typed: '',
		row: {id, words},
		text: {owner: '', top: 0, rows: []},
		said: '',
		doing: '',
	});
	const first = at('1', 'Fix the parser, 5.6k tokens, 2m 07s, <$0.01, 1 of 3');
	assert.deepEqual(newLines(first, at('1', 'Fix the parser, 12k tokens, 1h 10m, $0.02, 1 of 4')), []);
	assert.deepEqual(newLines(first, at('1', 'Fix the parser, #bug, 5.6k tokens, 1 of 3')), [
		'Fix the parser, #bug, 5.6k tokens, 1 of 3',
	]);
	assert.deepEqual(newLines(first, at('2', 'Fix the parser, 1k tokens, 2 of 3')), [
		'Fix the parser, 1k tokens, 2 of 3',
	]);
});
