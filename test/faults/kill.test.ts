import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {zstdCompressSync} from 'node:zlib';
import {generateHome} from '../../bench/generate-home.js';
import {archivePath} from '../../source/store/sqlite/database.js';
import {legacyTurn, meta, rolloutOf, sampleRollouts} from '../helpers/rollout.js';
import {assertSameContent, assertSound, contentOf, copied, Home, idOf, logName, retold} from '../ingest/home.js';
import {builtProgram} from '../pty/program.js';
import {faultRounds, scriptPath, startNode} from './child.js';

const sample = sampleRollouts()['era C legacy'] as Buffer;

/** Sixty invented sessions, logs of every era, a copy, a compressed log, names and a prompt history. */
const fill = (home: Home): void => {
	fs.rmSync(home.folder, {recursive: true});
	generateHome({out: home.folder, bytes: 5_000_000, files: 60, seed: 7});
	for (const [index, [era, bytes]] of Object.entries(sampleRollouts()).entries()) {
		const id = idOf(10 + index);
		home.write(era === 'era A document' ? `sessions/rollout-2025-05-01-${id}.json` : logName(id), retold(bytes, id));
	}

	home.write(logName(idOf(2), '2026-02-03'), copied(sample, idOf(2), '2026-02-03'));
	home.write(logName(idOf(3), '2026-02-04'), copied(sample, idOf(3), '2026-02-04'));
	home.write(`${logName(idOf(4), '2026-02-05')}.zst`, zstdCompressSync(retold(sample, idOf(4), '2026-02-05')));
	home.write('session_index.jsonl', `${JSON.stringify({id: idOf(10), thread_name: 'tides'})}\n`);
	home.write('history.jsonl', `${JSON.stringify({session_id: idOf(90), ts: 1_770_000_000, text: 'And the moon?'})}\n`);
};

/** What may happen to logs between two starts: growth, a new one, a rewrite, a removal, another name. */
const change = (home: Home): void => {
	home.append(logName(idOf(11)), retold(rolloutOf(legacyTurn('And?', 'Yes.', 50, 5000)), idOf(11)));
	home.write(logName(idOf(5), '2026-02-07'), retold(sample, idOf(5), '2026-02-07'));
	home.write(logName(idOf(12)), retold(rolloutOf([meta(), ...legacyTurn('Else?', 'No.', 1, 700)]), idOf(12)));
	fs.rmSync(home.path(logName(idOf(13))));
	home.write('session_index.jsonl', `${JSON.stringify({id: idOf(10), thread_name: 'moons'})}\n`);
};

type Content = ReturnType<typeof contentOf>;

/**
A generation may be spent where a reading was cut off in the middle of a file, and the comparison with other sessions
may have come a round sooner; the rows are the same.
*/
const withoutTimes = ({files = [], blocks = [], sessions = [], ...content}: Content): Content => {
	const isSet = (value: unknown): boolean => value !== null;
	return {
		...content,
		files: files.map(({generation: _, is_compared: __, ...row}) => ({
			...row,
			gone_at: isSet(row['gone_at']),
			superseded_at: isSet(row['superseded_at']),
		})),
		sessions: sessions.map(row => ({...row, gone_at: isSet(row['gone_at'])})),
		blocks: blocks.map(({generation: _, ...row}) => row),
	};
};

const copyDatabase = (from: string, to: string): void => {
	fs.copyFileSync(from, to);
	fs.copyFileSync(archivePath(from), archivePath(to));
};

const removeDatabase = (database: string): void => {
	for (const name of fs.readdirSync(path.dirname(database))) {
		if (name.startsWith(path.basename(database, '.db'))) {
			fs.rmSync(path.join(path.dirname(database), name));
		}
	}
};

/** Runs the built program's `ingest`; killed after so many milliseconds unless it has ended before. */
const runProgram = async (home: Home, database: string, killAfterMs?: number): Promise<NodeJS.Signals | null> => {
	const root = path.dirname(home.folder);
	const env = {...process.env, HOME: root, CODEX_HOME: home.folder, XDG_CONFIG_HOME: root, XDG_DATA_HOME: root};
	const child = spawn(process.execPath, [await builtProgram(), 'ingest', '--database', database], {env});
	const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
	const {promise, resolve} = Promise.withResolvers<NodeJS.Signals | null>();
	child.on('close', (code, signal) => {
		clearTimeout(timer);
		assert.ok(code === 0 || signal === 'SIGKILL', `ended with ${code}`);
		resolve(signal);
	});
	return promise;
};

/** What undisturbed runs make of a home, before and after its logs changed; the databases serve as starting points. */
const setUp = async (t: TestContext) => {
	const home = new Home(t);
	fill(home);
	const first = home.otherDatabase('first');
	const startedAt = performance.now();
	await runProgram(home, first);
	return {home, first, expected: withoutTimes(contentOf(first)), runMs: performance.now() - startedAt};
};

const finishAndCompare = async (home: Home, database: string, expected: Content): Promise<void> => {
	assert.equal(await runProgram(home, database), null);
	assertSound(database);
	assertSameContent(withoutTimes(contentOf(database)), expected);
	removeDatabase(database);
};

/** Kills for the same database before it is left to finish. */
const mostKills = 3;

test('an ingest that is killed at any moment is completed by the next start', async t => {
	const {home, first, expected, runMs} = await setUp(t);
	const rounds = faultRounds(7, 120);
	let kills = 0;
	for (let round = 0; round < rounds; round++) {
		const database = home.otherDatabase(`killed-${round}`);
		for (let kill = 0; kill < mostKills; kill++) {
			const signal = await runProgram(home, database, runMs * (0.15 + 0.85 * Math.random()));
			kills += Number(signal === 'SIGKILL');
			if (fs.existsSync(archivePath(database)) && fs.statSync(archivePath(database)).size > 0) {
				assertSound(database);
			}
		}

		await finishAndCompare(home, database, expected);
	}

	change(home);
	const second = home.otherDatabase('second');
	copyDatabase(first, second);
	const startedAt = performance.now();
	await runProgram(home, second);
	const changeMs = performance.now() - startedAt;
	const changed = withoutTimes(contentOf(second));
	for (let round = 0; round < rounds; round++) {
		const database = home.otherDatabase(`changed-${round}`);
		copyDatabase(first, database);
		kills += Number((await runProgram(home, database, changeMs * (0.4 + 0.6 * Math.random()))) === 'SIGKILL');
		assertSound(database);
		await finishAndCompare(home, database, changed);
	}

	t.diagnostic(`${kills} kills`);
	assert.ok(kills >= rounds, `only ${kills} kills met a running ingest`);
});

test('an ingest that is killed after any commit is completed by the next start', async t => {
	const {home, expected} = await setUp(t);
	const whole = await startNode([scriptPath('kill-at-commit.ts'), home.folder, home.otherDatabase('count'), '0']).ended;
	const commits = Number(whole.stdout);
	assert.ok(commits >= 4, `${commits} commits`);
	for (let round = 0; round < faultRounds(4, 60); round++) {
		const database = home.otherDatabase(`committed-${round}`);
		const killAt = 1 + Math.floor(Math.random() * commits);
		const args = [scriptPath('kill-at-commit.ts'), home.folder, database, String(killAt)];
		assert.equal((await startNode(args).ended).signal, 'SIGKILL');
		assertSound(database);
		await finishAndCompare(home, database, expected);
	}
});
