import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {zstdCompressSync, zstdDecompressSync} from 'node:zlib';
import {codex} from '../../source/formats/codex/index.js';
import {ingestHome} from '../../source/ingest/ingest-home.js';
import {kindRows} from '../../source/sizes/group.js';
import type {Sizes} from '../../source/sizes/kinds.js';
import {archivePath} from '../../source/store/sqlite/database.js';
import {openStore} from '../../source/store/sqlite/open.js';
import type {SessionSizes, StoredSizes} from '../../source/store/stored-sizes.js';
import {
	askedTwice,
	customCall,
	customOutput,
	envelope,
	functionCall,
	functionOutput,
	item,
	message,
	meta,
	reasoning,
	rolloutOf,
	sampleRollouts,
	threadId,
	tokenCount,
	turnContext,
	usage,
} from '../helpers/rollout.js';
import {Home, idOf, logName, retold, temporaryFolder} from '../ingest/home.js';

const sizesOf = async (database: string, query: Parameters<Awaited<ReturnType<typeof openStore>>['sizes']>[0] = {}) => {
	const store = await openStore(database, codex);
	try {
		return await store.sizes(query);
	} finally {
		await store.close();
	}
};

const total = (sizes: Sizes): number => Object.values(sizes).reduce((sum, size) => sum + size, 0);

const only = ({sessions}: StoredSizes): SessionSizes => {
	assert.equal(sessions.length, 1);
	return sessions[0] as SessionSizes;
};

const pixels = 'iVBORw0KGgo'.repeat(900);
const image = {type: 'input_image', image_url: `data:image/png;base64,${pixels}`};
const secret = 'gAAAAB'.repeat(50);

const lines = {
	meta: meta({base_instructions: {text: 'Be kind. '.repeat(40)}}),
	context: turnContext(),
	environment: item(message('user', '<environment_context>\n  <cwd>/home/mira/tides</cwd>\n</environment_context>')),
	asked: item(message('user', 'When is low tide?', image), 1),
	askedAgain: envelope('event_msg', {type: 'user_message', message: 'When is low tide?', images: []}, 1),
	thought: item(reasoning(['Thinking of the moon'], {encrypted_content: secret}), 2),
	call: item(functionCall('exec_command', {cmd: 'tide --low'}, 'call-1'), 3),
	output: item(functionOutput('call-1', 'at noon '.repeat(30)), 4),
	patch: item(customCall('apply_patch', '*** Begin Patch\n*** Add File: a\n+b\n*** End Patch', 'call-2'), 5),
	patched: item(customOutput('call-2', 'Done'), 6),
	tokens: tokenCount(usage(100, 0, 10)),
	compacted: envelope(
		'compacted',
		{message: 'It was about tides.', replacement_history: [message('user', 'When is low tide?', image)]},
		8,
	),
	torn: '{"timestamp":"2026-02-03T10:00:09.000Z","type":"resp',
};

test('every record is counted as what it is', async t => {
	const home = new Home(t);
	home.write(logName(threadId), `${Object.values(lines).join('\n')}\n\n`);
	await home.ingest();
	const {bytes, sizes, ...session} = only(await sizesOf(home.database));
	const length = (...names: (keyof typeof lines)[]): number =>
		names.reduce((sum, name) => sum + Buffer.byteLength(lines[name]), 0);
	assert.deepEqual(Object.fromEntries(kindRows(sizes).map(row => [row.kind, row.bytes])), {
		context: length('meta', 'context', 'environment'),
		messages: length('asked') - pixels.length,
		images: pixels.length,
		repeats: length('askedAgain'),
		reasoning: length('thought') - secret.length,
		encrypted: secret.length,
		'tool-calls': length('call'),
		'tool-output': length('output', 'patched'),
		patches: length('patch'),
		'token-counts': length('tokens'),
		compactions: length('compacted') - pixels.length,
		'compacted-images': pixels.length,
		unreadable: length('torn'),
		'line-ends': Object.keys(lines).length + 1,
	});
	assert.equal(bytes, fs.statSync(home.path(logName(threadId))).size);
	assert.deepEqual(session, {threadId, title: 'When is low tide?', cwd: '/home/mira/tides'});
});

const oddLogs: Record<string, Buffer> = {
	...sampleRollouts(),
	'damaged lines': rolloutOf([meta(), 'no JSON', askedTwice('tides').join(''), Buffer.alloc(70), '{"torn":']),
	'blank lines and a byte order mark': Buffer.from(`\u{FEFF}${meta()}\r\n \n\n${askedTwice('tides').join('\r\n\n')}`),
	'a torn last line': rolloutOf([meta(), ...askedTwice('tides')]).subarray(0, -40),
	'a line across blocks': rolloutOf([
		meta(),
		item(message('user', {...image, image_url: `${image.image_url}${'A'.repeat(700_000)}`})),
	]),
	'nothing but a line end': Buffer.from('\n'),
};

const lineEndsIn = (bytes: Buffer): number => bytes.filter(byte => byte === 0x0a || byte === 0x0d).length;

for (const [title, bytes] of Object.entries(oddLogs)) {
	test(`sums are exact, from log and archive: ${title}`, async t => {
		const home = new Home(t);
		const name = bytes.includes('"items"') ? logName(threadId).replace('jsonl', 'json') : logName(threadId);
		home.write(name, bytes);
		await home.ingest();
		const first = only(await sizesOf(home.database));
		assert.equal(first.bytes, bytes.length);
		assert.equal(total(first.sizes), bytes.length);
		assert.ok(Object.values(first.sizes).every(size => size >= 0));
		if (title.startsWith('era') && name.endsWith('jsonl')) {
			assert.equal(first.sizes['line-ends'], lineEndsIn(bytes));
		}

		fs.rmSync(home.path(name));
		await home.ingest();
		assert.deepEqual(only(await sizesOf(home.database)), first);
	});
}

test('before the archive has a log, its own bytes are looked through, compressed ones too', async t => {
	const home = new Home(t);
	const log = Buffer.from(`${Object.values(lines).join('\n')}\n`);
	home.write(logName(threadId), log);
	home.write(`${logName(idOf(7))}.zst`, zstdCompressSync(retold(log, idOf(7))));
	let asked = 0;
	assert.equal((await home.ingest({shouldStop: () => asked++ > 1})).wasStopped, true);
	const {sessions} = await sizesOf(home.database);
	assert.deepEqual(
		sessions.map(({sizes}) => [sizes.images, sizes['compacted-images'], sizes.encrypted]),
		[1, 2].map(() => [pixels.length, pixels.length, secret.length]),
	);
});

test('earlier versions do not count, and one session is counted alone', async t => {
	const home = new Home(t);
	home.write(logName(threadId), `${Object.values(lines).join('\n')}\n`);
	home.write(logName(idOf(2), '2026-02-05'), retold(sampleRollouts()['era C legacy'] as Buffer, idOf(2), '2026-02-05'));
	await home.ingest();
	const shorter = rolloutOf([meta(), ...askedTwice('Something else')]);
	home.write(logName(threadId), shorter);
	await home.ingest();
	const told: [number, number][] = [];
	const {sessions, databases} = await sizesOf(home.database, {onProgress: (done, all) => told.push([done, all])});
	assert.deepEqual(sessions.map(session => session.threadId).toSorted(), [threadId, idOf(2)].toSorted());
	const own = sessions.find(session => session.threadId === threadId);
	assert.equal(own?.bytes, shorter.length);
	const all = sessions.reduce((sum, {bytes}) => sum + bytes, 0);
	assert.deepEqual(told.at(-1), [all, all]);
	assert.deepEqual(
		databases.map(({part, path: file, bytes}) => [part, file, bytes > 0]),
		[
			['index', home.database, true],
			['archive', archivePath(home.database), true],
		],
	);

	const store = await home.store();
	const [found] = await store.findSessions(threadId);
	assert.deepEqual((await store.sizes({sessionId: found?.id})).sessions, [own]);
});

const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));
const skip = fs.existsSync(corpus) ? false : 'no real logs beside the repository';

const textOf = (file: string): Buffer =>
	file.endsWith('.zst') ? zstdDecompressSync(fs.readFileSync(file)) : fs.readFileSync(file);

const base64In = (log: Buffer): number =>
	log
		.toString('latin1')
		.matchAll(/;base64,([\w+/=-]+)/g)
		.reduce((sum, match) => sum + (match[1]?.length ?? 0), 0);

test('the bytes of real logs add up', {skip}, async t => {
	const homes = fs
		.readdirSync(path.join(corpus, 'codex'))
		.map(name => path.join(corpus, 'codex', name, 'home', 'sessions'));
	const places = [path.join(corpus, 'sessions'), ...homes.filter(folder => fs.existsSync(folder))];
	let compared = 0;
	for (const [index, place] of places.entries()) {
		const database = path.join(temporaryFolder(t), `${index}.db`);
		await ingestHome({source: {path: place}, home: null, database, batchLines: 500});
		const store = await openStore(database, codex);
		t.after(() => store.close());
		for (const {threadId: thread, bytes, sizes} of (await store.sizes({})).sessions) {
			const [session] = await store.findSessions(thread);
			const files = await store.sourceFiles(session?.id ?? 0);
			const logs = files.map(file => textOf(file.path));
			const sum = (count: (log: Buffer) => number): number => logs.reduce((all, log) => all + count(log), 0);
			const length = sum(log => log.length);
			assert.deepEqual([bytes, total(sizes)], [length, length], thread);
			if (files.every(({format, problems}) => format !== 'json' && problems === 0)) {
				assert.deepEqual(
					[sizes['line-ends'], sizes.images + sizes['compacted-images']],
					[sum(lineEndsIn), sum(base64In)],
					thread,
				);
				compared++;
			}
		}
	}

	assert.ok(compared > 50, `${compared} compared`);
});
