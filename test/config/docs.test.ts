import assert from 'node:assert/strict';
import fs from 'node:fs';
import {test} from 'node:test';
import {bindKeys} from '../../source/app/bind-keys.js';
import {defaultKeys} from '../../source/app/key-bindings.js';
import {exampleKeys} from '../../source/app/key-docs.js';
import {parseConfig} from '../../source/config/config-file.js';
import {exampleConfig, settingsTable} from '../../source/config/settings-docs.js';
import {settingRows} from '../../source/config/settings-table.js';
import {exampleTheme, readThemes} from '../../source/panes/own-themes.js';
import {darkPalette} from '../../source/panes/palettes.js';
import {fromPalette} from '../../source/panes/theme.js';
import {checkPart} from '../helpers/marked-part.js';

const examplePath = new URL('../../user/config.example.toml', import.meta.url);

const example = exampleConfig([exampleKeys(), exampleTheme()]);

test('the example file shows every setting as it is', () => {
	if (process.env['UPDATE'] === '1') {
		fs.writeFileSync(examplePath, example);
	}

	assert.equal(fs.readFileSync(examplePath, 'utf8'), example, 'run UPDATE=1 npm test');
});

test('every setting of the example can be switched on', () => {
	const switchedOn = parseConfig(example.replaceAll(/^# (\w+ = |\[theme)/gm, '$1'), '/x/config.toml');
	assert.equal(switchedOn.values.size, settingRows.length);
	assert.equal(switchedOn.keys.length, defaultKeys.length);
	assert.deepEqual(bindKeys(switchedOn.keys), defaultKeys);
	assert.deepEqual(readThemes(switchedOn.themes).get('sea'), fromPalette(darkPalette));
});

test('the README lists every setting', () => {
	checkPart('README.md', 'settings', settingsTable());
});
