import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {event, meta, threadId} from '../helpers/rollout.js';
import {fromRecipe} from '../helpers/secret-samples.js';
import {emptyPlace} from './redactions/run-redactions.js';

const secondId = threadId.replace(/1$/, '2');
const pat = fromRecipe('ghp_<A36>');

const placeWithLogs = (t: TestContext) => {
	const place = emptyPlace(t);
	const write = (id: string, day: string, more: object = {}): string =>
		place.write(
			`logs/rollout-${day}T10-00-00-${id}.jsonl`,
			`${[
				meta({id, timestamp: `${day}T10:00:00Z`, ...more}),
				event('user_message', {message: `Tides with ${pat} on ${day}`}, 1),
			]
				.join('\n')
				.replaceAll('2026-02-03', day)}\n`,
		);
	const logs = [write(threadId, '2026-01-05'), write(secondId, '2026-02-03', {forked_from_id: threadId})];
	const command = (...args: string[]) => place.command([...args, '--sessions', path.join(place.root, 'logs')]);
	return {...place, logs, command};
};

test('forget says what goes and what stays, and removes it only with --yes', async t => {
	const {command, logs} = placeWithLogs(t);
	await command('ingest');
	const dry = await command('forget', threadId, '--dry-run');
	assert.equal(dry.exitCode, 0);
	assert.match(dry.stdout, new RegExp(`^${threadId}  .*Tides with \\[REDACTED`));
	assert.match(dry.stdout, new RegExp(`\\n  log, which stays: .*${path.basename(logs[0] ?? '')}\\n`));
	assert.match(dry.stdout, new RegExp(`\\n  may hold some of its text: fork ${secondId}\\n`));
	assert.match(dry.stderr, /Nothing was removed\. Without --dry-run and with --yes, 1 session would be/);
	const unsure = await command('forget', threadId);
	assert.equal(unsure.exitCode, 2);
	assert.match(unsure.stderr, /add --yes/);
	assert.equal((await command('show', threadId)).exitCode, 0);
	const done = await command('forget', threadId, '--yes');
	assert.equal(done.exitCode, 0, done.stderr);
	assert.match(done.stderr, /Forgot 1 session\. codex-tui does not read their logs again/);
	assert.equal(fs.existsSync(logs[0] ?? ''), true, 'the log is not ours to delete');
	assert.match((await command('show', threadId)).stderr, /No session matches/);
	assert.equal((await command('show', secondId)).exitCode, 0);
	assert.match((await command('redactions', 'audit')).stdout, new RegExp(`forget +${threadId}`));
});

test('what was forgotten is listed, and read again once that is taken back', async t => {
	const {command} = placeWithLogs(t);
	assert.equal((await command('forget', '--list')).stdout, '');
	await command('ingest');
	assert.equal((await command('forget', '--before', '2026-02-01', '--yes')).exitCode, 0);
	const listed = await command('forget', '--list');
	assert.match(listed.stdout, new RegExp(`^${threadId}  .*  1 log\\n$`));
	assert.match((await command('sessions')).stdout, new RegExp(secondId.slice(0, 8)));
	assert.match((await command('forget', '--undo', '9')).stderr, /No session that begins with "9" was forgotten/);
	const undone = await command('forget', '--undo', threadId.slice(0, 20));
	assert.equal(undone.exitCode, 0, undone.stderr);
	assert.equal((await command('show', threadId)).exitCode, 0);
	assert.equal((await command('forget', '--list')).stdout, '');
});

test('wrong use of forget is a sentence', async t => {
	const {command} = placeWithLogs(t);
	await command('ingest');
	for (const args of [[], [threadId, '--list'], [threadId, '--before', 'today'], ['--list', '--undo', 'x']]) {
		const {exitCode, stderr} = await command('forget', ...args);
		assert.equal(exitCode, 2, args.join(' '));
		assert.match(stderr, /What is to be forgotten\?/);
	}

	assert.match((await command('forget', '--before', 'never')).stderr, /--before needs a day/);
	assert.match((await command('forget', 'nothing')).stderr, /No session matches/);
	assert.match((await command('forget', '--before', '2020-01-01', '--yes')).stderr, /There is no such session/);
});
