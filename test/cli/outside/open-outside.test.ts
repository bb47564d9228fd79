import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {zstdCompressSync} from 'node:zlib';
import type {HandOver, Outside} from '../../../source/app/outside.js';
import {openOutside} from '../../../source/cli/outside/open-outside.js';
import {originIn} from '../../../source/cli/outside/origin.js';
import {unredacted} from '../../../source/disclose/unredacted.js';
import type {Store} from '../../../source/store/store.js';
import {rolloutOf, sampleRollouts, threadId} from '../../helpers/rollout.js';
import {all, Home, logName, onlySession} from '../../ingest/home.js';

const hasNoShell = process.platform === 'win32' && 'sh is a POSIX matter';

const legacy = sampleRollouts()['era C legacy'] as Buffer;

type Opened = {outside: Outside; store: Store; home: Home; seen: string; handed: () => number};

/** An outside whose editor copies what it is given to a folder. */
const open = async (
	t: TestContext,
	bytes: Buffer,
	{name = logName(threadId)}: {name?: string} = {},
): Promise<Opened> => {
	const home = new Home(t);
	home.write(name, bytes);
	await home.ingest();
	const store = await home.store();
	const seen = path.join(path.dirname(home.database), 'seen');
	fs.mkdirSync(seen);
	const bin = path.join(path.dirname(home.database), 'bin');
	fs.mkdirSync(bin);
	fs.writeFileSync(path.join(bin, 'codex'), '#!/bin/sh\nexit 0\n', {mode: 0o755});
	let handed = 0;
	const handOver: HandOver = async work => {
		handed++;
		return work();
	};
	const outside = openOutside({
		store,
		handOver,
		codexHome: home.folder,
		ownCodexHome: '/home/mira/.codex',
		env: {PATH: `${bin}:/usr/bin:/bin`, VISUAL: `f() { cp "$@" '${seen}/'; }; f`},
	});
	return {outside, store, home, seen, handed: () => handed};
};

const seenFiles = (seen: string): Record<string, string> =>
	Object.fromEntries(fs.readdirSync(seen).map(name => [name, fs.readFileSync(path.join(seen, name), 'utf8')]));

test('a log is shown byte for byte, compressed or gone as it may be, under a name that says what it is', {
	skip: hasNoShell,
}, async t => {
	for (const [name, bytes] of [
		[logName(threadId), legacy],
		[`${logName(threadId)}.zst`, zstdCompressSync(legacy)],
	] as const) {
		const {outside, store, seen, home} = await open(t, bytes, {name});
		const {id} = await onlySession(store);
		assert.equal(await outside.openLogs(id), undefined);
		const expected = {[`not-redacted-1-${path.basename(logName(threadId))}`]: legacy.toString()};
		assert.deepEqual(seenFiles(seen), expected);
		fs.rmSync(home.path(name));
		fs.rmSync(path.join(seen, Object.keys(expected)[0] ?? ''));
		assert.equal(await outside.openLogs(id), undefined);
		assert.deepEqual(seenFiles(seen), expected, 'from the archive');
	}
});

test('an event is shown as a text', {skip: hasNoShell}, async t => {
	const {outside, store, seen, handed} = await open(t, legacy);
	const session = await onlySession(store);
	const [prompt] = await store.listPrompts(session.id);
	const [first] = await store.eventIds({sessionId: session.id, promptId: prompt?.id ?? 0});
	const detail = await unredacted(store).event(first ?? 0);
	assert.ok(detail);
	assert.equal(await outside.openEvent(detail), undefined);
	const [[name, text] = ['', '']] = Object.entries(seenFiles(seen));
	assert.match(name, /^event-\d+\.txt$/);
	assert.match(text, /^\[\d+ /);
	assert.equal(handed(), 1);
});

test('opening a log as it is is noted', {skip: hasNoShell}, async t => {
	const {outside, store} = await open(t, legacy);
	await outside.openLogs((await onlySession(store)).id);
	const entries = await all(store.redactions.audit());
	assert.deepEqual(
		entries.map(entry => entry.type === 'entry' && [entry.kind, entry.ref, entry.detail]),
		[['reveal', threadId, {what: 'log'}]],
	);
});

test('an editor that is not there is said', {skip: hasNoShell}, async t => {
	const {store} = await open(t, legacy);
	const handOver: HandOver = async work => work();
	const env = {PATH: '/usr/bin:/bin', EDITOR: 'no-such-editor --wait 2>/dev/null'};
	const outside = openOutside({store, handOver, codexHome: null, ownCodexHome: '/', env});
	const said = await outside.openLogs((await onlySession(store)).id);
	assert.match(said ?? '', /^no-such-editor .*, from \$EDITOR, cannot be started/);
});

test('origins tell ids, folders and logs as they are on disk; sizes are those of the disk', async t => {
	const {outside, store, home} = await open(t, rolloutOf([legacy.toString().trimEnd()]));
	const session = await onlySession(store);
	const origin = await originIn(store)(session.id);
	const file = home.path(logName(threadId));
	assert.deepEqual(origin, {threadId, cwd: session.cwd, paths: [file]});
	assert.deepEqual(await outside.sizesOf([file, `${file}.none`]), [fs.statSync(file).size, null]);
	assert.equal(await originIn(store)(999), undefined);
	assert.match(outside.resumeLine({threadId, cwd: '/srv', paths: []}), /^cd \/srv && CODEX_HOME=\S+ codex resume /);
});

test('a folder that is not there is said before anything is handed over', {skip: hasNoShell}, async t => {
	const {outside, handed, home} = await open(t, legacy);
	const origin = {threadId, cwd: home.path('none'), paths: []};
	assert.equal(
		await outside.resume(origin),
		'The folder of this session is gone; y copies the command that resumes it.',
	);
	assert.match((await outside.resume({...origin, cwd: null})) ?? '', /tells no folder/);
	assert.equal(handed(), 0);
});

test('whether the archive holds a log is known of each', async t => {
	const {store} = await open(t, legacy);
	const [file] = await store.sourceFiles((await onlySession(store)).id);
	assert.equal(file?.isKept, true);
});
