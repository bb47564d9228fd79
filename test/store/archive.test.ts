import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {type TestContext, test} from 'node:test';
import {zstdCompressSync} from 'node:zlib';
import fc from 'fast-check';
import {BlockCutter} from '../../source/ingest/block-cutter.js';
import {type Archive, archiveOf} from '../../source/store/sqlite/archive.js';
import {type Connection, openDatabase} from '../../source/store/sqlite/database.js';

const pieceLength = 65_536;

type Kept = {db: Connection; archive: Archive};

const openArchive = (t: TestContext): Kept => {
	const db = openDatabase('archive', ':memory:');
	t.after(() => db.close());
	return {db, archive: archiveOf(db)};
};

const enterRollout = (db: Connection, key: string): number =>
	db
		.prepare("insert into rollouts (key, generation, path, format) values (?, 1, '/logs/' || ?, 'jsonl') returning id")
		.pluck()
		.get(key, key) as number;

type From = {offset: number; line: number};

/** Keeps bytes as the ingest does, handed over in chunks of the given lengths, again and again. */
const keep = ({db, archive}: Kept, id: number, bytes: Buffer, chunks: readonly number[], from?: From): void => {
	db.exec('begin');
	const cutter = new BlockCutter(from?.offset ?? 0, from?.line ?? 1);
	let at = from?.offset ?? 0;
	for (let index = 0; at < bytes.length; index++) {
		const chunk = bytes.subarray(at, at + (chunks[index % chunks.length] ?? bytes.length));
		at += chunk.length;
		for (const block of cutter.add(chunk)) {
			archive.append(id, block);
		}
	}

	for (const block of cutter.end()) {
		archive.append(id, block);
	}

	archive.flush();
	db.exec('commit');
};

const all = (archive: Archive, id: number, from = 0): Buffer => Buffer.concat([...archive.bytes(id, from)]);

const count = (db: Connection, table: string): number =>
	db.prepare(`select count(*) from ${table}`).pluck().get() as number;

/** Base64 of so many characters that nobody can compress. */
const image = (characters: number, alphabet: 'base64' | 'base64url' = 'base64'): string =>
	randomBytes(characters).toString(alphabet).slice(0, characters);

const lineWith = (base64: string): string => `{"type":"x","image_url":"data:image/png;base64,${base64}"}\n`;

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

/** Lengths around every border that there is: of runs, of pieces, of base64's groups. */
const runLength = fc.oneof(
	fc.integer({min: 0, max: 12}),
	fc.integer({min: 4080, max: 4110}),
	fc.integer({min: pieceLength - 5, max: pieceLength + 5}),
	fc.integer({min: pieceLength + 4085, max: pieceLength + 4105}),
	fc.integer({min: 2 * pieceLength - 5, max: 3 * pieceLength}),
);

const repeatable = (characters: string, seed: number, length: number): string => {
	let state = seed;
	return Array.from({length}, () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return characters[(state >>> 8) % characters.length];
	}).join('');
};

const common = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const shapes: Record<string, (seed: number, length: number) => Buffer | string> = {
	base64: (seed, length) => repeatable(`${common}+/`, seed, length),
	base64url: (seed, length) => repeatable(`${common}-_`, seed, length),
	letters: (seed, length) => repeatable(common, seed, length),
	'both alphabets': (seed, length) => repeatable(`${common}+/-_`, seed, length),
	'only marks': (seed, length) => repeatable('+-', seed, length),
	'lines of 76': (seed, length) => `${repeatable(common, seed, 76)}\\n`.repeat(length / 76),
	NULs: (_seed, length) => Buffer.alloc(length / 16),
	bytes: (seed, length) => Buffer.from(Uint8Array.from({length: length % 50}, (_, at) => Math.imul(seed, at * 97))),
	between: seed =>
		['=', '==', '===', '\\n', '\\', '"', ',', '\r\n', '\n', '\n\n', '+-', 'A=', '\u{85}'][seed % 13] as string,
	text: (_seed, length) => 'ebb and flow, '.repeat(length / 5),
};

/** What a log is put together from. */
const part = fc.tuple(fc.constantFrom(...Object.keys(shapes)), fc.integer({min: 1, max: 99}), runLength);

type Part = typeof part extends fc.Arbitrary<infer Value> ? Value : never;

const logOf = (parts: readonly Part[]): Buffer =>
	Buffer.concat(parts.map(([shape, seed, length]) => Buffer.from(shapes[shape]?.(seed, length) ?? '')));

test('any bytes come back: whole, in slices, in lines', t => {
	const kept = openArchive(t);
	const {db, archive} = kept;
	let logs = 0;
	fc.assert(
		fc.property(
			fc.array(part, {maxLength: 14}),
			fc.array(fc.integer({min: 1, max: 300_000}), {minLength: 1, maxLength: 4}),
			fc.array(fc.double({min: 0, max: 1, noNaN: true}), {minLength: 2, maxLength: 12}),
			(parts, chunks, places) => {
				const bytes = logOf(parts);
				const id = enterRollout(db, String(++logs));
				keep(kept, id, bytes, bytes.length / Math.min(...chunks) > 2000 ? [100_000] : chunks);
				assert.equal(all(archive, id).equals(bytes), true, 'whole');
				for (const [index, place] of places.entries()) {
					const from = Math.floor(place * bytes.length);
					const length = Math.floor((places[index + 1] ?? 0.5) * Math.min(200_000, bytes.length - from));
					const slice = archive.read(id, from, length) ?? Buffer.alloc(0);
					assert.equal(slice.equals(bytes.subarray(from, from + length)), true, `${length} bytes from ${from}`);
				}

				const lines = linesIn(bytes);
				const given = [...archive.lines(id)];
				assert.deepEqual(
					given.map(({line}) => line),
					lines.map((_, index) => index + 1),
				);
				assert.equal(Buffer.concat(given.map(line => line.bytes)).equals(bytes), true, 'lines');
				const middle = Math.ceil(lines.length / 2);
				const [one] = archive.lines(id, Math.max(1, middle));
				assert.equal((one?.bytes ?? Buffer.alloc(0)).equals(lines[middle - 1] ?? Buffer.alloc(0)), true, 'one line');
			},
		),
		{numRuns: 60},
	);
});

test('a log that grew is kept like one that was read at once, wherever it ended before', t => {
	const kept = openArchive(t);
	const {db, archive} = kept;
	const shot = image(3 * pieceLength + 5001);
	const log = Buffer.from(
		`${lineWith(image(700_000))}${'{"type":"tide"}\n'.repeat(9000)}${lineWith(shot)}${lineWith(shot)}`,
	);
	const whole = enterRollout(db, 'whole');
	keep(kept, whole, log, [1_000_000]);
	const pieces = count(db, 'pieces');
	const inImage = log.indexOf(shot);
	const ends = [1, 1500, pieceLength, pieceLength + 1, 2 * pieceLength + 30_000, shot.length - 1, shot.length];
	for (const end of ends.map(length => inImage + length)) {
		const id = enterRollout(db, `cut at ${end}`);
		keep(kept, id, log.subarray(0, end), [65_000]);
		assert.equal(all(archive, id).equals(log.subarray(0, end)), true);
		const last = db
			.prepare('select "offset", first_line as line from blocks where rollout_id = ? order by "offset" desc limit 1')
			.get(id) as From;
		keep(kept, id, log, [1_000_000], last);
		assert.equal(all(archive, id).equals(log), true);
		assert.equal(count(db, 'pieces'), pieces, `no piece of a log that ended at ${end} is left over`);
	}
});

test('the same image is kept once across lines and logs', t => {
	const kept = openArchive(t);
	const {db, archive} = kept;
	const shot = image(400_000);
	const first = enterRollout(db, 'first');
	keep(kept, first, Buffer.from(lineWith(shot)), [1_000_000]);
	const pieces = count(db, 'pieces');
	const packs = count(db, 'packs');
	assert.equal(pieces, Math.ceil(400_000 / pieceLength));
	const second = enterRollout(db, 'second');
	const bytes = Buffer.from(
		`{}\n${lineWith(shot)}${JSON.stringify({type: 'compacted', text: `a\n${shot}`})}\n{"image":"${shot}"}\n`.repeat(3),
	);
	keep(kept, second, bytes, [99_999]);
	assert.equal(all(archive, second).equals(bytes), true);
	assert.deepEqual([count(db, 'pieces'), count(db, 'packs')], [pieces, packs]);
});

test('both alphabets of base64 share the bytes that they stand for', t => {
	const kept = openArchive(t);
	const {db, archive} = kept;
	const bytes = randomBytes(30_000);
	const log = Buffer.from(`"${bytes.toString('base64')}"\n"${bytes.toString('base64url')}"\n`);
	const id = enterRollout(db, 'both');
	keep(kept, id, log, [1_000_000]);
	assert.equal(all(archive, id).equals(log), true);
	assert.equal(count(db, 'pieces'), 1);
});

test('text takes a fraction of its length, images three quarters', t => {
	const kept = openArchive(t);
	const {db} = kept;
	keep(kept, enterRollout(db, 'text'), Buffer.from('the tide turns at noon\n'.repeat(40_000)), [1_000_000]);
	keep(kept, enterRollout(db, 'image'), Buffer.from(lineWith(image(1_000_000))), [1_000_000]);
	const size = db.prepare('select (select sum(length(data)) from blocks) + (select sum(length(data)) from packs)');
	const bytes = size.pluck().get() as number;
	assert.ok(bytes > 750_000 && bytes < 760_000, `${bytes} bytes`);
});

test('a line of 40 MB is cut into blocks of bounded length', t => {
	const kept = openArchive(t);
	const {db, archive} = kept;
	const shot = image(1_000_000);
	const id = enterRollout(db, 'long');
	const log = Buffer.from(`{"a":"${`${shot}=","${'~'.repeat(1_000_000)}`.repeat(20)}"}\n`);
	keep(kept, id, log, [1_048_576]);
	const longest = db.prepare('select max(length) from blocks').pluck().get() as number;
	assert.ok(longest <= 2 * 1024 * 1024, `${longest} bytes`);
	assert.equal(all(archive, id).equals(log), true);
	const parts = [...archive.lines(id)];
	assert.deepEqual([...new Set(parts.map(({line}) => line))], [1]);
	assert.ok(parts.every(({bytes}) => bytes.length < 12 * 1024 * 1024));
	assert.equal(Buffer.concat(parts.map(({bytes}) => bytes)).equals(log), true);
});

test('blocks of the first version are read, and gone on from', t => {
	const kept = openArchive(t);
	const {db, archive} = kept;
	const id = enterRollout(db, 'old');
	const old = Buffer.from(`${lineWith(image(100_000))}${'{"type":"tide"}\n'.repeat(1000)}`);
	const insert = db.prepare(
		'insert into blocks (rollout_id, "offset", length, first_line, data) values (?, ?, ?, ?, ?)',
	);
	insert.run(id, 0, 100_000, 1, zstdCompressSync(old.subarray(0, 100_000)));
	insert.run(id, 100_000, old.length - 100_000, 1, zstdCompressSync(old.subarray(100_000)));
	assert.equal(all(archive, id).equals(old), true);
	const grown = Buffer.concat([old, Buffer.from(lineWith(image(70_000)))]);
	keep(kept, id, grown, [1_000_000], {offset: 100_000, line: 1});
	assert.equal(all(archive, id).equals(grown), true);
	assert.deepEqual(
		[...archive.lines(id, 1002)].map(({line}) => line),
		[1002],
	);
});

test('a process that comes late does not take back what another has kept', t => {
	const kept = openArchive(t);
	const {db, archive} = kept;
	const id = enterRollout(db, 'shared');
	const log = Buffer.from('{"type":"tide"}\n'.repeat(90_000));
	keep(kept, id, log, [1_000_000]);
	keep(kept, id, log.subarray(0, 700_000), [1_000_000]);
	assert.equal(all(archive, id).equals(log), true);
});

test('damage is told, with the log that it hit', t => {
	const kept = openArchive(t);
	const {db} = kept;
	const id = enterRollout(db, 'hit');
	keep(kept, id, Buffer.from(`${lineWith(image(100_000))}${'{"type":"tide"}\n'.repeat(3000)}`), [1_000_000]);
	const change = (table: string): void => {
		const row = db.prepare(`select id, data from ${table}`).get() as {id: number; data: Buffer};
		row.data[row.data.length - 9] = (row.data.at(-9) as number) ^ 1;
		db.prepare(`update ${table} set data = ? where id = ?`).run(row.data, row.id);
	};

	change('packs');
	assert.throws(() => all(archiveOf(db), id), /The archive is damaged: bytes 0 to \d+ of \/logs\/hit/);
	assert.throws(() => archiveOf(db).read(id, 50_000, 10), /damaged/);
	assert.equal(archiveOf(db).read(id, 140_000, 8)?.length, 8);
	change('blocks');
	assert.throws(() => archiveOf(db).read(id, 140_000, 8), /damaged/);
});
