import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {openIngestStore} from '../../source/store/sqlite/open-ingest-store.js';
import {sampleRollouts, threadId} from '../helpers/rollout.js';
import {Home, logName, query, temporaryFolder} from '../ingest/home.js';
import {laterRelease} from '../store/later-release.js';
import {faultRounds, scriptPath, startNode} from './child.js';

const thisRelease = fileURLToPath(new URL('../../source/store/sqlite/database.ts', import.meta.url));

/** Time for the processes to be ready before they open anything. */
const startMs = 2500;
const pauseMs = 40;

/** What several processes say that open the same databases, each at the same moment. */
const openTogether = async (modules: readonly string[], files: readonly string[]): Promise<string> => {
	const firstAt = Date.now() + startMs;
	const args = [String(firstAt), String(pauseMs), ...files];
	const all = modules.map(module => startNode([scriptPath('open-together.ts'), module, ...args]).ended);
	const ended = await Promise.all(all);
	return ended.map(({stdout, stderr}) => stdout + stderr).join('');
};

const newFiles = (t: TestContext, count: number): string[] => {
	const folder = temporaryFolder(t);
	return Array.from({length: count}, (_, index) => path.join(folder, `${index}`, 'sessions.db'));
};

test('programs that create the same database at the same moment all get it', async t => {
	const files = newFiles(t, faultRounds(60, 1000));
	assert.equal(await openTogether([thisRelease, thisRelease, thisRelease], files), '');
	assert.equal(query(files[0] ?? '', 'select count(*) as count from files')[0]?.['count'], 0);
});

test('programs that migrate the same database at the same moment do so once, with one whole copy of what was', async t => {
	const files = newFiles(t, faultRounds(20, 200));
	assert.equal(await openTogether([thisRelease], files), '');
	const later = await laterRelease(t, '-- Later.\ncreate table later (id integer primary key) strict;\n');
	assert.equal(await openTogether([later.module, later.module], files), '');
	for (const file of files) {
		const names = fs.readdirSync(path.dirname(file)).filter(name => name.includes('backup'));
		assert.equal(names.length, 1, names.join(', '));
		const copied = query(path.join(path.dirname(file), names[0] ?? ''), 'pragma user_version')[0]?.['user_version'];
		assert.equal(query(file, 'pragma user_version')[0]?.['user_version'], Number(copied) + 1);
	}
});

test('an index is not set aside by one program while the explorer of another has it open', async t => {
	const home = new Home(t);
	home.write(logName(threadId), sampleRollouts()['era C legacy'] ?? '');
	// As the explorer does: its screen reads first, then its worker opens the same files for writing.
	await home.store();
	const writer = openIngestStore(home.database);
	t.after(() => writer.close());
	const {stdout, stderr} = await startNode([scriptPath('set-aside.ts'), home.database]).ended;
	assert.equal(stderr, '');
	assert.match(stdout, /is in use by another program/);
	await home.ingestWith(writer).run();
	assert.equal(query(home.database, 'select count(*) as count from sessions')[0]?.['count'], 1);
});

test('a program that goes on after a newer release has changed the database writes nothing more', async t => {
	const home = new Home(t);
	await home.ingest();
	const writer = openIngestStore(home.database);
	t.after(() => writer.close());
	const later = await laterRelease(t, '-- Later.\nalter table sessions add column later text;\n');
	later.openDatabase('index', home.database).close();
	home.write(logName(threadId), sampleRollouts()['era C legacy'] ?? '');
	await assert.rejects(
		home.ingestWith(writer).run(),
		/^UserError: The database .+ Update codex-tui, or give another file/,
	);
	assert.deepEqual(query(home.database, 'select * from files'), []);
});
