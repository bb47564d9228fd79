import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import {test} from 'node:test';
import {zstdCompressSync} from 'node:zlib';
import Database from 'better-sqlite3';
import {archiveOf} from '../../source/store/sqlite/archive.js';
import {archivePath} from '../../source/store/sqlite/database.js';
import type {Store} from '../../source/store/store.js';
import {askedTwice, meta, rolloutOf, sampleRollouts, threadId} from '../helpers/rollout.js';
import {all, Home, logName, onlySession, rawOf} from '../ingest/home.js';

const name = logName(threadId);
const blockLength = 256 * 1024;

/** Lines with their line ends, cut without any cleverness. */
const linesIn = (bytes: Buffer): Buffer[] => {
	const lines: Buffer[] = [];
	for (let from = 0; from < bytes.length; ) {
		const end = bytes.indexOf(0x0a, from);
		const to = end === -1 ? bytes.length : end + 1;
		lines.push(bytes.subarray(from, to));
		from = to;
	}

	return lines;
};

const padded = (length: number): string => {
	const [frame] = askedTwice('');
	const text = frame as string;
	return text.replace('"text":""', `"text":"${'~'.repeat(length - Buffer.byteLength(text))}"`);
};

/** Logs that only survive a copy that changes nothing. */
const oddLogs: Record<string, Buffer> = {
	...sampleRollouts(),
	'CRLF line ends': Buffer.from(`${[meta(), ...askedTwice('tides')].join('\r\n')}\r\n`),
	'a byte order mark': Buffer.from(`\u{FEFF}${meta()}\n${askedTwice('tides').join('\n')}\n`),
	'invalid UTF-8': rolloutOf([
		meta(),
		Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0xc3, 0x28, 0x7d]),
		...askedTwice('tides'),
	]),
	'NUL bytes': rolloutOf([meta(), Buffer.alloc(5000), ...askedTwice('tides'), Buffer.alloc(3)]),
	'blank lines': Buffer.from(`\n\n${meta()}\n \t\n\r\n${askedTwice('tides').join('\n\n')}\n\n\n`),
	'no final line end': rolloutOf([meta(), ...askedTwice('tides')]).subarray(0, -1),
	'a torn last line': rolloutOf([meta(), ...askedTwice('tides')]).subarray(0, -40),
	'two records on one line': rolloutOf([meta(), askedTwice('tides').join('')]),
	'other line separators': rolloutOf([meta(), ...askedTwice('one\u{2028}two\u{85}three')]),
	'only a line end': Buffer.from('\n'),
	'only blanks without line end': Buffer.from(' '),
	'a line that ends with a block': rolloutOf([padded(blockLength - 1), meta(), ...askedTwice('tides')]),
	'a line one byte over a block': rolloutOf([padded(blockLength), meta(), ...askedTwice('tides')]),
	'a line end that begins a block': rolloutOf([
		meta(),
		padded(blockLength - Buffer.byteLength(meta()) - 1),
		...askedTwice('tides'),
	]),
	'lines longer than blocks': rolloutOf([
		meta(),
		padded(3 * blockLength + 17),
		...askedTwice('tides'),
		padded(blockLength * 2),
		meta(),
	]),
	'a long last line without line end': rolloutOf([meta(), padded(2 * blockLength + 1)]).subarray(0, -1),
	'many blocks of short lines': rolloutOf(
		Array.from(
			{length: 4000},
			(_, at) => `{"type":"event_msg","payload":{"type":"x","n":${at},"m":"${'-'.repeat(at % 400)}"}}`,
		),
	),
};

const assertLinesOf = async (store: Store, id: number, bytes: Buffer): Promise<void> => {
	const lines = linesIn(bytes);
	const given = await all(store.rawLines(id));
	assert.deepEqual(
		given.map(({line}) => line),
		lines.map((_, index) => index + 1),
	);
	assert.equal(Buffer.concat(given.map(line => Buffer.from(line.bytes))).equals(bytes), true);
	const wanted = new Set([1, 2, 3, 4, 5, lines.length - 1, lines.length, Math.ceil(lines.length / 2)]);
	for (const line of wanted) {
		if (line >= 1 && line <= lines.length) {
			const [one, ...others] = await all(store.rawLines(id, line));
			assert.equal(one?.line, line);
			assert.equal(Buffer.from(one.bytes).equals(lines[line - 1] as Buffer), true, `line ${line}`);
			assert.deepEqual(others, []);
		}
	}

	assert.deepEqual(await all(store.rawLines(id, lines.length + 1)), []);
};

for (const [title, bytes] of Object.entries(oddLogs)) {
	test(`byte for byte: ${title}`, async t => {
		const home = new Home(t);
		const log = bytes.includes('"items"') ? name.replace('jsonl', 'json') : name;
		home.write(log, bytes);
		assert.deepEqual((await home.ingest()).failures, []);
		const store = await home.store();
		const {id} = await onlySession(store);
		await assertLinesOf(store, id, bytes);
		fs.rmSync(home.path(log));
		await home.ingest();
		await assertLinesOf(await home.store(), id, bytes);
	});
}

test('straight from the log while the archive is behind', async t => {
	const home = new Home(t);
	const bytes = oddLogs['lines longer than blocks'] as Buffer;
	home.write(name, bytes);
	let asked = 0;
	assert.equal((await home.ingest({shouldStop: () => asked++ > 0})).wasStopped, true);
	const store = await home.store();
	const session = (await store.findSessions(threadId))[0];
	await assertLinesOf(store, session?.id ?? 0, bytes);
});

test('from a compressed log, before and after it is archived', async t => {
	const home = new Home(t);
	const bytes = oddLogs['many blocks of short lines'] as Buffer;
	home.write(`${name}.zst`, zstdCompressSync(bytes));
	let asked = 0;
	const stopped = await home.ingest({shouldStop: () => asked++ > 0});
	assert.equal(stopped.wasStopped, true);
	const store = await home.store();
	const {id} = await onlySession(store);
	await assertLinesOf(store, id, bytes);
	await home.ingest();
	await assertLinesOf(store, id, bytes);
});

test('what was archived can be had back though the log went before the rest was', async t => {
	const home = new Home(t);
	const bytes = sampleRollouts()['era C legacy'] as Buffer;
	const cut = bytes.indexOf(0x0a, bytes.length / 2) + 1;
	home.write(name, bytes.subarray(0, cut));
	await home.ingest();
	home.append(name, bytes.subarray(cut));
	let asked = 0;
	await home.ingest({shouldStop: () => asked++ > 0});
	fs.rmSync(home.path(name));
	await home.ingest();
	const store = await home.store();
	const {id} = await onlySession(store);
	assert.equal((await rawOf(store, id)).equals(bytes.subarray(0, cut)), true);
	assert.equal((await rawOf(store, id, 2)).equals(linesIn(bytes)[1] as Buffer), true);
});

test('details of events are there when the log is gone', async t => {
	const home = new Home(t);
	home.write(name, sampleRollouts()['era D paginated'] as Buffer);
	await home.ingest();
	const before = await home.store();
	const {id} = await onlySession(before);
	const [first] = await before.listPrompts(id);
	const ids = await before.eventIds({sessionId: id, promptId: first?.id ?? 0});
	const details = await Promise.all(ids.map(event => before.event(event)));
	fs.rmSync(home.path(name));
	await home.ingest();
	const after = await home.store();
	assert.deepEqual(await Promise.all(ids.map(event => after.event(event))), details);
	assert.ok(
		details.some(detail => detail?.event.kind === 'tool-call' && detail.event.output?.includes('12 brest.csv')),
	);
});

test('from the log while it is what was read, also when the archive is damaged', async t => {
	const home = new Home(t);
	const bytes = oddLogs['many blocks of short lines'] as Buffer;
	home.write(name, bytes);
	await home.ingest();
	const db = new Database(archivePath(home.database));
	db.prepare('update blocks set data = substr(data, 1, 100)').run();
	db.close();
	const store = await home.store();
	const {id} = await onlySession(store);
	await assertLinesOf(store, id, bytes);
	fs.rmSync(home.path(name));
	await assert.rejects(rawOf(store, id, 1000), /The archive is damaged: bytes 0 to \d+ of .*See codex-tui doctor/);
});

test('from the archive once the log holds something else, of the same length and name', async t => {
	const home = new Home(t);
	const bytes = oddLogs['lines longer than blocks'] as Buffer;
	home.write(name, bytes);
	await home.ingest();
	const store = await home.store();
	const {id} = await onlySession(store);
	home.write(name, Buffer.alloc(bytes.length, '\n'));
	await assertLinesOf(store, id, bytes);
});

test('lines that are read while the log is rewritten are those of the log as it was', async t => {
	const home = new Home(t);
	const bytes = oddLogs['many blocks of short lines'] as Buffer;
	home.write(name, bytes);
	await home.ingest();
	const store = await home.store();
	const {id} = await onlySession(store);
	const given: Buffer[] = [];
	for await (const line of store.rawLines(id)) {
		given.push(Buffer.from(line.bytes));
		if (line.line === 50) {
			home.write(name, Buffer.alloc(bytes.length, 'x'));
		}
	}

	assert.equal(given.length, 4000);
	assert.equal(Buffer.concat(given).equals(bytes), true);
});

test('images come back byte for byte, with the log and without it', async t => {
	const home = new Home(t);
	const shot = randomBytes(162_000).toString('base64');
	const lines = [1, 2, 3].map(
		n =>
			`{"timestamp":"2026-02-03T09:00:0${n}.000Z","type":"compacted","payload":{"image":"data:image/png;base64,${shot}"}}`,
	);
	const bytes = rolloutOf([meta(), ...askedTwice('tides'), ...lines, '{"cut":"'.concat(shot.slice(0, 70_001))]);
	home.write(name, bytes);
	await home.ingest();
	const db = new Database(archivePath(home.database), {readonly: true});
	// The cut one ends with a piece of its own.
	assert.equal(db.prepare('select sum(length) from pieces').pluck().get(), 162_000 + ((70_001 - 65_536) >> 2) * 3);
	db.close();
	const store = await home.store();
	const {id} = await onlySession(store);
	await assertLinesOf(store, id, bytes);
	fs.rmSync(home.path(name));
	await home.ingest();
	await assertLinesOf(await home.store(), id, bytes);
});

for (const [title, now] of [
	['shorter', 'era C legacy'],
	['longer', 'many blocks of short lines'],
] as const) {
	test(`an index made anew leaves the old bytes of a log that was meanwhile rewritten, ${title}`, async t => {
		const home = new Home(t);
		const before = oddLogs['a line one byte over a block'] as Buffer;
		home.write(name, before);
		await home.ingest();
		for (const ending of ['', '-wal', '-shm']) {
			fs.rmSync(`${home.database}${ending}`, {force: true});
		}

		const after = oddLogs[now] as Buffer;
		home.write(name, after);
		await home.ingest();
		fs.rmSync(home.path(name));
		await home.ingest();
		const store = await home.store();
		const {id} = await onlySession(store);
		assert.equal((await rawOf(store, id)).equals(after), true, 'the log as it was last');
		const kept = archivedBytes(archivePath(home.database));
		assert.equal(
			kept.some(bytes => bytes.equals(before)),
			true,
			'the log as it was before',
		);
	});
}

test('an index made anew knows the archive of a log that has only grown', async t => {
	const home = new Home(t);
	const bytes = oddLogs['many blocks of short lines'] as Buffer;
	home.write(name, bytes.subarray(0, 600_000));
	await home.ingest();
	for (const ending of ['', '-wal', '-shm']) {
		fs.rmSync(`${home.database}${ending}`, {force: true});
	}

	home.write(name, bytes);
	await home.ingest();
	fs.rmSync(home.path(name));
	await home.ingest();
	const store = await home.store();
	assert.equal((await rawOf(store, (await onlySession(store)).id)).equals(bytes), true);
	assert.equal(archivedBytes(archivePath(home.database)).length, 1);
});

/** What the archive holds of each rollout and generation. */
const archivedBytes = (file: string): Buffer[] => {
	const db = new Database(file, {readonly: true});
	const rollouts = db.prepare('select id from rollouts').pluck().all();
	const archive = archiveOf(db);
	const found = rollouts.map(id => Buffer.concat([...archive.bytes(Number(id), 0)]));
	db.close();
	return found;
};

test('a long line comes in parts, those of the log as it was also when it is rewritten between two of them', async t => {
	const home = new Home(t);
	const mostWhole = 8 * 1024 * 1024;
	const bytes = rolloutOf([meta(), padded(3 * mostWhole), ...askedTwice('tides')]);
	home.write(name, bytes);
	await home.ingest();
	const store = await home.store();
	const {id} = await onlySession(store);
	const given: Buffer[] = [];
	for await (const part of store.rawLines(id, 2)) {
		assert.equal(part.line, 2);
		assert.ok(part.bytes.length < 2 * mostWhole, `${part.bytes.length} bytes`);
		given.push(Buffer.from(part.bytes));
		if (given.length === 1) {
			home.write(name, Buffer.alloc(bytes.length, 'y'));
		}
	}

	assert.ok(given.length > 1);
	assert.equal(Buffer.concat(given).equals(linesIn(bytes)[1] as Buffer), true);
});
