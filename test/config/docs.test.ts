import assert from 'node:assert/strict';
import fs from 'node:fs';
import {test} from 'node:test';
import {parseConfig} from '../../source/config/config-file.js';
import {exampleConfig, settingsTable} from '../../source/config/settings-docs.js';
import {settingRows} from '../../source/config/settings-table.js';
import {checkPart} from '../helpers/marked-part.js';

const examplePath = new URL('../../user/config.example.toml', import.meta.url);

test('the example file shows every setting as it is', () => {
	if (process.env['UPDATE'] === '1') {
		fs.writeFileSync(examplePath, exampleConfig());
	}

	assert.equal(fs.readFileSync(examplePath, 'utf8'), exampleConfig(), 'run UPDATE=1 npm test');
});

test('every setting of the example can be switched on', () => {
	const switchedOn = exampleConfig().replaceAll(/^# (\w+ = )/gm, '$1');
	assert.equal(parseConfig(switchedOn, '/x/config.toml').size, settingRows.length);
});

test('the README lists every setting', () => {
	checkPart('README.md', 'settings', settingsTable());
});
