import assert from 'node:assert/strict';
import {test} from 'node:test';
import {menuOf, shippedThemes} from '../../source/app/menus.js';
import {settingRows} from '../../source/config/settings-table.js';
import {driveExplorer} from '../helpers/drive-explorer.js';

test('the menu of colours lists the shipped themes and then a person’s own', () => {
	const values = menuOf('theme', {ownThemes: ['sea', 'sand']}).items.map(({value}) => value);
	assert.deepEqual(values, [...shippedThemes, 'sea', 'sand']);
});

test('every shipped theme can be set in the config file', () => {
	const row = settingRows.find(({name}) => name === 'theme');
	assert.deepEqual(row?.type === 'choice' && row.choices, shippedThemes);
});

test('a theme of one’s own is chosen from the menu', async () => {
	const {press, explorer} = await driveExplorer({theme: 'dark', ownThemes: ['sea', 'sand']});
	await press('T');
	assert.equal(explorer.screen().menu?.index, shippedThemes.indexOf('dark'));
	await press('up', 'up', 'up');
	assert.equal(explorer.screen().menu?.index, shippedThemes.length);
	await press('down', 'enter');
	assert.equal(explorer.screen().theme, 'sand');
	await press('T', '7');
	assert.equal(explorer.screen().theme, 'sea');
});
