import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import Database from 'better-sqlite3';
import {UserError} from '../../source/model/problem.js';
import type {NewDecision, Redactions} from '../../source/store/redactions.js';
import {backUp} from '../../source/store/sqlite/back-up.js';
import {annotationsPath, databaseFiles, keyPath} from '../../source/store/sqlite/database.js';
import {openRedactions} from '../../source/store/sqlite/open-redactions.js';
import {sampleRollouts, threadId} from '../helpers/rollout.js';
import {all, Home, idOf, logName, query, retold, temporaryFolder} from '../ingest/home.js';

const isPosix = process.platform !== 'win32';
const value = 'Ines Quay';
const text = `the lamp keeper is ${value}`;

const decision = (more: Partial<NewDecision> = {}): NewDecision => ({
	action: 'redact',
	scope: 'session',
	value,
	threadId,
	reason: 'a private person',
	at: {text, start: text.indexOf(value)},
	...more,
});

/** Decisions of a database that nothing is in yet. */
const opened = (t: TestContext, file = path.join(temporaryFolder(t), 'data', 'index.db')) => {
	const redactions = openRedactions(file);
	t.after(() => redactions.close());
	return {file, redactions};
};

const trail = async (redactions: Redactions) =>
	(await all(redactions.audit())).map(entry =>
		entry.type === 'fault'
			? `! ${entry.seq} ${entry.reason}`
			: `${entry.kind} ${entry.ref} ${JSON.stringify(entry.detail)}`,
	);

test('reading finds nothing and makes no file while nothing was decided', async t => {
	const {file, redactions} = opened(t);
	assert.deepEqual(await redactions.decisions(), {decisions: [], digests: undefined, origins: new Map()});
	assert.deepEqual(await redactions.list(), []);
	assert.deepEqual(await all(redactions.audit()), []);
	assert.equal(await redactions.undo(), undefined);
	assert.equal(fs.existsSync(path.dirname(file)), false);
});

test('a decision comes back whole in another run, and no file has its value', async t => {
	const {file, redactions} = opened(t);
	const before = Date.now();
	const id = await redactions.add(
		decision({
			scope: 'place',
			field: 'output',
			line: 4,
			prompt: 1,
			replacement: 'N. N.',
			ruleId: 'email',
			ruleVersion: '1',
		}),
	);
	redactions.close();
	const again = opened(t, file).redactions;
	const {decisions, digests} = await again.decisions();
	const [found] = decisions;
	assert.ok(found?.place && digests);
	assert.equal(found.id, id);
	assert.ok(found.createdAt >= before && found.updatedAt === found.createdAt);
	assert.deepEqual(
		{...found, place: {...found.place, before: 0, after: 0}, createdAt: 0, updatedAt: 0, actor: ''},
		{
			id,
			action: 'redact',
			scope: 'place',
			value,
			threadId,
			field: 'output',
			place: {textHash: digests.text(text), start: 19, before: 0, after: 0},
			replacement: 'N. N.',
			reason: 'a private person',
			actor: '',
			ruleId: 'email',
			ruleVersion: '1',
			createdAt: 0,
			updatedAt: 0,
		},
	);
	assert.equal(found.place.before, digests.context('the lamp keeper is '));
	const [row] = await again.list();
	assert.ok(row && !('value' in row) && !('sealed' in row));
	assert.deepEqual([row.line, row.prompt, row.hasPlace, row.confirmedAt], [4, 1, true, null]);
	for (const name of fs.readdirSync(path.dirname(file))) {
		const bytes = fs.readFileSync(path.join(path.dirname(file), name));
		assert.ok(!bytes.includes(value) && !bytes.includes('lamp keeper'), name);
		if (isPosix) {
			assert.equal(fs.statSync(path.join(path.dirname(file), name)).mode & 0o777, 0o600, name);
		}
	}
});

test('what cannot be decided is refused in a sentence, and leaves nothing', async t => {
	const {file, redactions} = opened(t);
	const wrong: [Partial<NewDecision>, RegExp][] = [
		[{value: '  '}, /nothing to decide/],
		[{value: 'ab', at: {text: 'ab', start: 0}}, /fewer than 3 characters/],
		[{reason: ' '}, /needs a reason/],
		[{reason: 'x'.repeat(501)}, /needs a reason of 1 to 500/],
		[{replacement: `not ${value}`}, /replacement holds/],
		[{reason: `because of ${value}`}, /reason holds/],
		[{replacement: 'x'.repeat(201)}, /replacement is too long/],
		[{threadId: null}, /needs a session/],
		[{at: {text, start: 3}}, /does not stand at that place/],
	];
	for (const [more, sentence] of wrong) {
		await assert.rejects(redactions.add(decision(more)), error => {
			assert.ok(error instanceof UserError);
			assert.match(error.message, sentence);
			assert.ok(!error.message.includes(value));
			return true;
		});
	}

	assert.equal(fs.existsSync(annotationsPath(file)), false);
	await redactions.add(decision());
	await assert.rejects(redactions.add(decision({reason: 'again'})), /Decision 1 says so already/);
	await redactions.add(decision({action: 'allow'}));
	await redactions.add(decision({threadId: idOf(9)}));
	assert.equal((await redactions.list()).length, 3);
	for (const attempt of [redactions.remove(7), redactions.change(7, {reason: 'x'}), redactions.confirm(7)]) {
		await assert.rejects(attempt, /no decision 7/);
	}

	await assert.rejects(redactions.change(1, {replacement: `${value}!`}), /replacement holds/);
	const {at: _at, ...placeless} = decision({value: 'Tom Mole'});
	const id = await redactions.add(placeless);
	await assert.rejects(redactions.change(id, {scope: 'place'}), /knows no place/);
	assert.equal((await trail(redactions)).length, 4);
});

test('changes are undone one by one, the newest first, each in the trail', async t => {
	const {redactions} = opened(t);
	const first = await redactions.add(decision());
	await redactions.change(first, {reason: 'asked for', scope: 'everywhere'});
	await redactions.change(first, {reason: 'asked for'});
	await redactions.confirm(first);
	await redactions.remove(first);
	assert.deepEqual(await redactions.list(), []);
	const states: unknown[] = [];
	for (let undone = await redactions.undo(); undone !== undefined; undone = await redactions.undo()) {
		const [row] = await redactions.list();
		states.push([undone.kind, row?.reason, row?.scope, row && row.confirmedAt !== null]);
	}

	assert.deepEqual(states, [
		['add', 'asked for', 'everywhere', true],
		['change', 'asked for', 'everywhere', false],
		['change', 'a private person', 'session', false],
		['remove', undefined, undefined, undefined],
	]);
	const added = {action: 'redact', scope: 'session', threadId, field: null, ruleId: null, hasReplacement: false};
	assert.deepEqual(await trail(redactions), [
		`add 1 ${JSON.stringify(added)}`,
		'change 1 {"changed":["scope","reason"]}',
		'change 1 {"confirmed":true}',
		'remove 1 {}',
		'add 1 {"undoes":4}',
		'change 1 {"undoes":3}',
		'change 1 {"undoes":2}',
		'remove 1 {"undoes":1}',
	]);
	assert.equal(await redactions.add(decision()), 2, 'a number is used once');
});

test('the trail can only be added to, and tells where it was changed behind the back of the program', async t => {
	const {file, redactions} = opened(t);
	for (const ref of ['one', 'two', 'three', 'four', 'five']) {
		await redactions.record('reveal', {field: 'output'}, ref);
	}

	redactions.close();
	const expected = ['one', 'two', 'three', 'four', 'five'].map(ref => `reveal ${ref} {"field":"output"}`);
	const tampered = async (sql: string): Promise<string[]> => {
		const copy = path.join(temporaryFolder(t), 'index.db');
		fs.copyFileSync(annotationsPath(file), annotationsPath(copy));
		const db = new Database(annotationsPath(copy));
		db.exec(sql);
		db.close();
		return trail(opened(t, copy).redactions);
	};

	assert.deepEqual(await tampered('select 1'), expected);
	for (const sql of [
		"update redaction_audit set actor = 'nobody'",
		'delete from redaction_audit where seq = 3',
		"insert or replace into redaction_audit select seq, prev_hash, hash, at, 'nobody', kind, ref, detail from redaction_audit where seq = 2",
	]) {
		await assert.rejects(tampered(sql), /only added to/, sql);
	}

	const unguarded = [
		'redaction_audit_keeps_entries',
		'redaction_audit_loses_none',
		'redaction_audit_replaces_none',
	].map(name => `drop trigger ${name};`);
	const faults = async (sql: string) => (await tampered(unguarded.join('') + sql)).filter(line => line.startsWith('!'));
	assert.deepEqual(await faults("update redaction_audit set detail = '{' where seq = 2"), [
		'! 2 it was changed after it was written',
	]);
	assert.deepEqual(await faults('delete from redaction_audit where seq in (2, 3)'), [
		'! 4 entries 2 to 3 were taken away before it',
	]);
	assert.deepEqual(await faults('delete from redaction_audit where seq = 5'), ['! 4 entry 5 was taken away after it']);
	assert.deepEqual(await faults('delete from redaction_audit'), ['! 0 entries 1 to 5 were taken away after it']);
	assert.deepEqual(await faults("update redaction_audit set prev_hash = 'x' where seq = 3"), [
		'! 3 it does not follow from the one before it',
		'! 3 it was changed after it was written',
	]);
});

test('without its key nothing is followed, and a new key is made only where none is needed', async t => {
	const {file, redactions} = opened(t);
	await redactions.add(decision());
	const key = fs.readFileSync(keyPath(file));
	fs.rmSync(keyPath(file));
	await assert.rejects(redactions.decisions(), /index\.key cannot be read/);
	await assert.rejects(
		redactions.add(decision({value: 'Tom Mole', at: {text: 'Tom Mole', start: 0}})),
		/cannot be read/,
	);
	fs.writeFileSync(keyPath(file), Buffer.alloc(32, 1));
	await assert.rejects(redactions.decisions(), /Decision 1 was sealed with another key/);
	fs.writeFileSync(keyPath(file), key);
	assert.equal((await redactions.decisions()).decisions[0]?.value, value);
	fs.rmSync(keyPath(file));
	await redactions.remove(1);
	assert.deepEqual((await redactions.decisions()).decisions, []);
	await redactions.add(decision());
	assert.notDeepEqual(fs.readFileSync(keyPath(file)), key);
	await redactions.undo();
	assert.equal(await redactions.undo(), undefined, 'what the lost key had sealed does not come back');
	assert.deepEqual(await redactions.list(), []);
});

test('decisions outlive the index, a new reading and a rewritten log, and know the forks of a thread', async t => {
	const home = new Home(t);
	const samples = sampleRollouts();
	const log = samples['era C legacy'] as Buffer;
	home.write(logName(threadId), log);
	await home.ingest();
	const store = await home.store();
	await store.redactions.add(decision());
	const before = await store.redactions.decisions();
	await store.close();
	for (const {part, path: file} of databaseFiles(home.database)) {
		if (part !== 'annotations') {
			for (const ending of ['', '-wal', '-shm']) {
				fs.rmSync(file + ending, {force: true});
			}
		}
	}

	home.write(logName(threadId), retold(log, threadId));
	const fork = log
		.toString()
		.replaceAll(threadId, idOf(5))
		.replace('"payload":{', `"payload":{"forked_from_id":"${threadId}",`);
	home.write(logName(idOf(5), '2026-02-04'), fork);
	await home.ingest();
	const {decisions, origins} = await (await home.store()).redactions.decisions();
	assert.deepEqual(decisions, before.decisions);
	assert.deepEqual([...origins], [[idOf(5), threadId]]);
});

test('another program’s decisions are told soon', async t => {
	const {file, redactions} = opened(t);
	const mine = opened(t, file).redactions;
	let calls = 0;
	const stop = redactions.watch(() => calls++);
	await mine.add(decision());
	for (let tries = 0; calls === 0 && tries < 100; tries++) {
		await wait(50);
	}

	assert.equal(calls, 1);
	assert.equal((await redactions.list()).length, 1);
	stop();
});

test('a backup has the decisions and their key', async t => {
	const home = new Home(t);
	home.write(logName(threadId), sampleRollouts()['era C legacy'] as Buffer);
	await home.ingest();
	const store = await home.store();
	await store.annotations.tag([threadId], {add: ['harbours'], remove: []});
	const target = path.join(temporaryFolder(t), 'copy.db');
	assert.equal((await backUp(home.database, target, {replaces: false})).key, null);
	await store.redactions.add(decision());
	fs.writeFileSync(keyPath(target), 'another file');
	await assert.rejects(
		backUp(home.database, path.join(path.dirname(target), 'copy.db'), {replaces: false}),
		/there already/,
	);
	const backup = await backUp(home.database, target, {replaces: true});
	assert.equal(backup.key, keyPath(target));
	assert.deepEqual(fs.readFileSync(keyPath(target)), fs.readFileSync(keyPath(home.database)));
	if (isPosix) {
		assert.equal(fs.statSync(keyPath(target)).mode & 0o777, 0o600);
	}

	const {redactions} = opened(t, target);
	assert.equal((await redactions.decisions()).decisions[0]?.value, value);
	assert.equal(query(annotationsPath(target), 'select count(*) as entries from redaction_audit')[0]?.['entries'], 1);
});
