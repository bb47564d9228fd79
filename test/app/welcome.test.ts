import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bindKeys} from '../../source/app/bind-keys.js';
import {rowText, rowWidth} from '../../source/text/cells.js';
import {welcomeRow} from '../../source/view/welcome-row.js';
import {driveExplorer} from '../helpers/drive-explorer.js';

test('a newcomer is told the first keys until one is pressed', async () => {
	const keys = bindKeys([{name: 'search', value: 'F', place: ''}]);
	const {breadcrumb, press} = await driveExplorer({isWelcome: true, keys});
	assert.equal(breadcrumb(), ' Welcome. Press ? for the keys, F to search everything, : to find a command.');
	await press('j');
	assert.match(breadcrumb(), /^ ~\/\.codex > /);
	await press('k');
	assert.doesNotMatch(breadcrumb(), /Welcome/);
});

test('a click counts as a key, and a resize does not', async () => {
	const {breadcrumb, explorer, settle} = await driveExplorer({isWelcome: true});
	explorer.resize({columns: 90, rows: 30});
	await settle();
	assert.match(breadcrumb(), /Welcome/);
	explorer.point({kind: 'press', x: 3, y: 3});
	await settle();
	assert.doesNotMatch(breadcrumb(), /Welcome/);
});

test('everybody else is not told', async () => {
	const {breadcrumb} = await driveExplorer();
	assert.doesNotMatch(breadcrumb(), /Welcome/);
});

test('the row is as wide as the screen, and says all at 80 columns', () => {
	const keys = {help: '?', search: 's', palette: ':'};
	for (const width of [1, 20, 79, 80, 200]) {
		assert.equal(rowWidth(welcomeRow(keys, width)), width);
	}

	assert.match(rowText(welcomeRow(keys, 80)), /to find a command\./);
});
