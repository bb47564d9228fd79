import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {generateHome} from '../../bench/generate-home.js';
import {ingestHome} from '../../source/ingest/ingest-home.js';
import {UserError} from '../../source/model/problem.js';
import {assertSameContent, contentOf, temporaryFolder} from './home.js';

/** More than a round reads on the thread that asked for it. */
const bytes = 70_000_000;

test('much is read in a thread of its own, and comes to the same', async t => {
	const folder = temporaryFolder(t);
	const home = path.join(folder, 'home');
	const manifest = generateHome({out: home, bytes, files: 40, seed: 3, kind: 'typical'});
	const database = (name: string): string => path.join(folder, name, 'codex-tui.db');
	const options = {source: {home}, home, batchLines: 1000};
	const [there, here] = [database('there'), database('here')];
	const summary = await ingestHome({...options, database: there});
	assert.equal(summary.found, manifest.files);
	assert.equal(
		summary.files.reduce((lines, file) => lines + file.lines, 0),
		manifest.lines,
	);
	let changes = 0;
	await ingestHome({...options, database: here, onChange: () => changes++});
	assert.ok(changes > 0, 'what asks to be told is told by this thread');
	assertSameContent(contentOf(there), contentOf(here));
	assert.deepEqual((await ingestHome({...options, database: there})).files, []);

	const blocked = path.join(folder, 'blocked');
	fs.writeFileSync(blocked, 'not a folder');
	await assert.rejects(
		ingestHome({...options, database: path.join(blocked, 'codex-tui.db')}),
		(error: unknown) => error instanceof UserError && error.message.includes(blocked),
	);
});
