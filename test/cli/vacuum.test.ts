import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Vacuumed} from '../../source/store/maintenance.js';
import {runCommand} from './run-command.js';

const index: Vacuumed = {part: 'index', path: '/data/codex-tui.db', before: 12_300_000, after: 9_800_000};
const archive: Vacuumed = {part: 'archive', path: '/data/codex-tui.archive.db', before: 400_000, after: 400_000};

test('vacuum prints what each database took and takes, and reads no logs', async t => {
	const {exitCode, stdout, stderr, requests} = await runCommand(t, ['vacuum'], {vacuumed: [index, archive]});
	assert.equal(
		stdout,
		[
			'index    12.3 MB → 9.8 MB  /data/codex-tui.db',
			'archive  400 kB → 400 kB   /data/codex-tui.archive.db',
			'2.5 MB given back.',
			'',
		].join('\n'),
	);
	assert.deepEqual({exitCode, stderr, requests}, {exitCode: 0, stderr: '', requests: []});
});

test('a vacuum without effect says so', async t => {
	const {stdout} = await runCommand(t, ['vacuum'], {vacuumed: [archive]});
	assert.match(stdout, /\nThere was nothing to give back\.\n$/);
});
