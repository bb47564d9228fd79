import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {
	askedTwice,
	envelope,
	event,
	functionCall,
	functionOutput,
	item,
	message,
	meta,
	threadId,
} from '../helpers/rollout.js';
import {Home, logName, onlySession} from '../ingest/home.js';
import {faultRounds} from './child.js';

const megabyte = 1024 * 1024;

/** Of one line, in MB: the longest are for `npm run test:faults`. */
const lineMB = faultRounds(32, 128);

/** More than any process of ours may take. */
const mostMB = 300;

const program = fileURLToPath(new URL('../../dist/launch.js', import.meta.url));
const reportUsage = fileURLToPath(new URL('../../bench/measure/report-usage.cjs', import.meta.url));

/** Bytes that repeat late enough to be no gift for compression; the same for the same alphabet. */
const noise = (alphabet: string): Buffer => {
	const bytes = Buffer.alloc(megabyte);
	for (let at = 0, state = 1; at < bytes.length; at++) {
		state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
		bytes[at] = alphabet.charCodeAt((state >>> 16) % alphabet.length);
	}

	return bytes;
};

const letters = 'abcdefghijklmnopqrstuvwxyz';
const words = noise(`${letters}      `);
const base64 = noise(`${letters.toUpperCase()}${letters}0123456789+/`);

/** The kinds of lines that grow long, `~` where their length is. */
const longLines: readonly (readonly [kind: string, line: string, filling: Buffer])[] = [
	['tool-call', item(functionOutput('c1', 'Process exited with code 3\nOutput:\nwet ~')), words],
	['compaction', envelope('compacted', {message: 'So far: ~', replacement_history: []}), words],
	['message', item(message('user', {type: 'input_image', image_url: 'data:image/png;base64,~'})), base64],
	['message', item(message('assistant', 'Here it is: ~')), words],
];

const writeLog = (home: Home): string => {
	const log = home.write(
		logName(threadId),
		`${meta()}\n${askedTwice('tides').join('\n')}\n${item(functionCall('exec_command', {cmd: 'cat'}, 'c1'))}\n`,
	);
	for (const [, line, filling] of longLines) {
		const [head = '', tail = ''] = line.split('~');
		fs.appendFileSync(log, head);
		for (let count = 0; count < lineMB; count++) {
			fs.appendFileSync(log, filling);
		}

		fs.appendFileSync(log, `${tail}\n`);
	}

	fs.appendFileSync(log, `${event('user_message', {message: 'and then?'})}\n`);
	return log;
};

/** Runs a command of the built program, which may not take more memory than it should; answers a hash of what it wrote. */
const run = (t: TestContext, home: Home, ...args: string[]): {hash: string; bytes: number} => {
	const root = path.dirname(home.folder);
	const out = path.join(root, 'out');
	const descriptor = fs.openSync(out, 'w');
	const {status, output} = spawnSync(
		process.execPath,
		['--require', reportUsage, program, ...args, '--codex-home', home.folder, '--database', home.database],
		{
			stdio: ['ignore', descriptor, 'pipe', 'pipe'],
			encoding: 'utf8',
			env: {...process.env, HOME: root, XDG_CONFIG_HOME: root, XDG_DATA_HOME: root},
		},
	);
	fs.closeSync(descriptor);
	assert.equal(status, 0, output[2] ?? '');
	const {peakMB} = JSON.parse(output[3] ?? '') as {peakMB: number};
	t.diagnostic(`${args[0]}: ${Math.round(peakMB)} MB`);
	assert.ok(peakMB < mostMB, `${args[0]} took ${Math.round(peakMB)} MB`);
	return {hash: hashOf(out), bytes: fs.statSync(out).size};
};

const hashOf = (file: string): string => {
	const hash = createHash('sha256');
	const buffer = Buffer.alloc(megabyte);
	const descriptor = fs.openSync(file, 'r');
	for (let read = 1; read > 0; ) {
		read = fs.readSync(descriptor, buffer);
		hash.update(buffer.subarray(0, read));
	}

	fs.closeSync(descriptor);
	return hash.digest('hex');
};

test(`lines of ${lineMB} MB are read, kept, shown and had back in bounded memory`, async t => {
	const home = new Home(t);
	const log = writeLog(home);
	const written = hashOf(log);
	run(t, home, 'ingest');
	assert.equal(run(t, home, 'raw', threadId).hash, written);
	const shown = run(t, home, 'show', threadId);
	assert.ok(shown.bytes > megabyte && shown.bytes < 8 * megabyte, `${shown.bytes} bytes`);

	const store = await home.store();
	const {id} = await onlySession(store);
	const [first] = await store.listPrompts(id);
	const details = [];
	for (const event of await store.eventIds({sessionId: id, promptId: first?.id ?? 0})) {
		details.push(await store.event(event));
	}

	const cut = details.filter(detail => detail?.cut !== undefined);
	assert.deepEqual(
		cut.map(detail => [detail?.event.kind, detail?.cut?.line, Math.floor((detail?.cut?.bytes ?? 0) / megabyte)]),
		longLines.map(([kind], index) => [kind, index + 5, lineMB]),
	);
	const [output, compaction, image, text] = cut.map(detail => detail?.event);
	assert.match(output?.kind === 'tool-call' ? (output.output ?? '') : '', /^wet [a-z ]{1000}/);
	assert.match(compaction?.kind === 'compaction' ? (compaction.text ?? '') : '', /^So far: [a-z ]{1000}/);
	assert.equal(image?.kind === 'message' ? image.images[0]?.mediaType : '', 'image/png');
	assert.match(text?.kind === 'message' ? text.text : '', /^Here it is: [a-z ]{1000}/);

	fs.rmSync(log);
	assert.equal(run(t, home, 'raw', threadId).hash, written);
	assert.equal(run(t, home, 'show', threadId).hash, shown.hash);
});
