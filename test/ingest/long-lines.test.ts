import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import process from 'node:process';
import {test} from 'node:test';
import {archivePath} from '../../source/store/sqlite/database.js';
import {askedTwice, event, functionCall, functionOutput, item, message, meta, threadId} from '../helpers/rollout.js';
import {all, assertSound, Home, logName, onlySession, rawOf} from './home.js';

const name = logName(threadId);
const megabyte = 1024 * 1024;

/** Writes a line piece by piece: `line` with its `~` drawn out to so many bytes. */
const appendLong = (file: string, line: string, length: number): void => {
	const [head = '', tail = ''] = line.split('~');
	fs.appendFileSync(file, head);
	for (let rest = length - head.length - tail.length; rest > 0; rest -= megabyte) {
		fs.appendFileSync(file, Buffer.alloc(Math.min(rest, megabyte), 'long line '));
	}

	fs.appendFileSync(file, `${tail}\n`);
};

const hashOf = (file: string): string => createHash('sha256').update(fs.readFileSync(file)).digest('hex');

test('a line of 20 MB is an event, known by its beginning and kept whole', async t => {
	const home = new Home(t);
	const log = home.write(
		name,
		`${meta()}\n${askedTwice('tides').join('\n')}\n${item(functionCall('exec_command', {cmd: 'cat'}, 'c1'))}\n`,
	);
	appendLong(log, item(functionOutput('c1', 'Process exited with code 3\nOutput:\n~')), 20 * megabyte);
	appendLong(log, item(message('assistant', 'Here it is: ~')), 17 * megabyte);
	fs.appendFileSync(log, `${event('user_message', {message: 'and then?'})}\n`);
	assert.deepEqual((await home.ingest()).failures, []);
	const store = await home.store();
	const session = await onlySession(store);
	assert.deepEqual([session.promptCount, session.toolCallCount, session.problemCount], [2, 1, 0]);
	const [first] = await store.listPrompts(session.id);
	const rows = await store.listEvents(await store.eventIds({sessionId: session.id, promptId: first?.id ?? 0}));
	assert.deepEqual(
		rows.map(({kind, line}) => [kind, line]),
		[
			['prompt', 2],
			['tool-call', 4],
			['message', 6],
		],
	);
	assert.equal(rows[1]?.exitCode, 3);
	assert.match(rows[2]?.text ?? '', /^Here it is: long line /);

	const hash = createHash('sha256');
	for await (const {bytes} of store.rawLines(session.id)) {
		hash.update(bytes);
	}

	assert.equal(hash.digest('hex'), hashOf(log));
	const parts = await all(store.rawLines(session.id, 5));
	assert.deepEqual([...new Set(parts.map(({line}) => line))], [5]);
	assert.equal((await rawOf(store, session.id, 5)).length, 20 * megabyte + 1);
	assert.ok(fs.statSync(archivePath(home.database)).size < megabyte);
});

test('a long line that is torn is one problem, and its rest makes it whole', async t => {
	const home = new Home(t);
	const log = home.write(name, `${meta()}\n`);
	appendLong(log, item(message('assistant', 'Here it is: ~')), 17 * megabyte);
	const whole = fs.statSync(log).size;
	const bytes = fs.readFileSync(log).subarray(-100);
	fs.truncateSync(log, whole - 100);
	await home.ingest();
	assert.deepEqual(
		(await all((await home.store()).problems())).map(({line, reason}) => [line, reason]),
		[[2, 'unfinished last line']],
	);
	fs.appendFileSync(log, bytes);
	await home.ingest();
	assert.deepEqual(await all((await home.store()).problems()), []);
});

test('a line that begins with many blanks is not taken for a blank one', async t => {
	const home = new Home(t);
	const log = home.write(name, `${meta()}\n`);
	fs.appendFileSync(log, Buffer.alloc(17 * megabyte, ' '));
	fs.appendFileSync(log, `${event('user_message', {message: 'tides'})}\n`);
	await home.ingest();
	const store = await home.store();
	const {id} = await onlySession(store);
	const [file] = await store.sourceFiles(id);
	assert.equal(file?.blankLines, 0);
});

test('a line of 130 MB is read in bounded memory', async t => {
	const home = new Home(t);
	const log = home.write(name, `${meta()}\n${askedTwice('tides').join('\n')}\n`);
	appendLong(log, item({type: 'compaction', encrypted_content: '~'}), 130 * megabyte);
	fs.appendFileSync(log, `${event('user_message', {message: 'and then?'})}\n`);
	const before = process.memoryUsage.rss();
	let peak = before;
	const watch = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage.rss());
	}, 5);
	await home.ingest({
		onProgress() {
			peak = Math.max(peak, process.memoryUsage.rss());
		},
	});
	clearInterval(watch);
	peak = Math.max(peak, process.memoryUsage.rss());
	assert.ok(peak - before < 150 * megabyte, `${Math.round((peak - before) / megabyte)} MB more`);
	const store = await home.store();
	const session = await onlySession(store);
	assert.deepEqual([session.promptCount, session.problemCount], [2, 0]);
	const line = await rawOf(store, session.id, 4);
	assert.equal(line.length, 130 * megabyte + 1);
	assert.equal(line.subarray(-3).toString(), '}}\n');
	assertSound(home.database);
});
