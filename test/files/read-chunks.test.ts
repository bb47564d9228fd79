import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {zstdCompressSync} from 'node:zlib';
import {bytesOfFile} from '../../source/files/log-bytes.js';
import {readChunks} from '../../source/files/read-chunks.js';

const logWith = (t: TestContext, format: 'jsonl' | 'jsonl.zst', bytes: Buffer) => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-'));
	t.after(() => fs.rmSync(folder, {recursive: true, force: true}));
	const file = path.join(folder, `log.${format}`);
	fs.writeFileSync(file, bytes);
	return {path: file, format, size: bytes.length};
};

/** Chunks are only valid until the next one, so each is copied. */
const read = async (chunks: AsyncIterable<Buffer>): Promise<Buffer> => {
	const parts: Buffer[] = [];
	for await (const chunk of chunks) {
		parts.push(Buffer.from(chunk));
	}

	return Buffer.concat(parts);
};

/** More than two chunks, no two places alike. */
const content = Buffer.alloc(2_500_000);
for (let at = 0; at + 4 <= content.length; at += 4) {
	content.writeUInt32BE(at, at);
}

for (const format of ['jsonl', 'jsonl.zst'] as const) {
	const stored = format === 'jsonl' ? content : zstdCompressSync(content);

	test(`${format}: all of it, from any offset`, async t => {
		const log = logWith(t, format, stored);
		for (const from of [0, 1, 131_072, 1_048_576, 1_048_577, 2_499_999, 2_500_000, 3_000_000]) {
			assert.equal((await read(readChunks(log, from))).equals(content.subarray(from)), true, `from ${from}`);
		}
	});

	test(`${format}: a slice, shorter at the end of the file`, async t => {
		const log = logWith(t, format, stored);
		assert.equal((await bytesOfFile(log).slice(1_048_570, 1000)).equals(content.subarray(1_048_570, 1_049_570)), true);
		assert.equal((await bytesOfFile(log).slice(2_499_990, 1000)).equals(content.subarray(2_499_990)), true);
		assert.equal((await bytesOfFile(log).slice(2_600_000, 10)).length, 0);
		assert.equal((await bytesOfFile(log).slice(5, 0)).length, 0);
	});

	test(`${format}: an empty log has no bytes`, async t => {
		const log = logWith(t, format, format === 'jsonl' ? Buffer.alloc(0) : zstdCompressSync(Buffer.alloc(0)));
		assert.equal((await read(readChunks(log, 0))).length, 0);
	});

	test(`${format}: a missing file is an error with a code`, async () => {
		const log = {path: path.join(os.tmpdir(), 'codex-tui-test-none', `a.${format}`), format, size: 10};
		await assert.rejects(read(readChunks(log, 0)), {code: 'ENOENT'});
	});
}

test('what is appended while reading is for the next time', async t => {
	const log = logWith(t, 'jsonl', content);
	const parts: Buffer[] = [];
	for await (const chunk of readChunks(log, 0)) {
		parts.push(Buffer.from(chunk));
		fs.appendFileSync(log.path, 'more');
	}

	assert.equal(Buffer.concat(parts).equals(content), true);
});

test('a file that shrank since it was found ends early', async t => {
	const log = logWith(t, 'jsonl', content);
	fs.truncateSync(log.path, 100);
	assert.equal((await read(readChunks(log, 0))).length, 100);
});

test('frames one after the other are one log', async t => {
	const log = logWith(t, 'jsonl.zst', Buffer.concat([zstdCompressSync('one\n'), zstdCompressSync('two\n')]));
	assert.equal((await read(readChunks(log, 2))).toString(), 'e\ntwo\n');
});

test('a damaged or torn compressed log is an error, after what could be read', async t => {
	const torn = logWith(t, 'jsonl.zst', stored().subarray(0, -1000));
	await assert.rejects(read(readChunks(torn, 0)), (error: NodeJS.ErrnoException) => error.code !== undefined);
	const foreign = logWith(t, 'jsonl.zst', Buffer.from('{"not":"compressed"}\n'));
	await assert.rejects(read(readChunks(foreign, 0)), (error: NodeJS.ErrnoException) => error.code !== undefined);
});

const stored = (): Buffer => zstdCompressSync(content);

test('reading that is given up lets go of the file', async t => {
	for (const format of ['jsonl', 'jsonl.zst'] as const) {
		const log = logWith(t, format, format === 'jsonl' ? content : stored());
		for (let round = 0; round < 20; round++) {
			for await (const chunk of readChunks(log, 0)) {
				assert.ok(chunk.length > 0);
				break;
			}
		}
	}

	await new Promise(resolve => setTimeout(resolve, 20));
	const open = fs.existsSync('/proc/self/fd')
		? fs.readdirSync('/proc/self/fd').flatMap(name => {
				try {
					return fs.readlinkSync(`/proc/self/fd/${name}`);
				} catch {
					return [];
				}
			})
		: [];
	assert.deepEqual(
		open.filter(file => file.includes('codex-tui-test-')),
		[],
	);
});
