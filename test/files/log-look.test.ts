import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {findRollouts, lookForLogs} from '../../source/files/find-rollouts.js';

const id = (n: number): string => `0196b1a0-0000-7000-8000-${String(n).padStart(12, '0')}`;
const name = (n: number): string => `rollout-2026-02-03T10-00-0${n}-${id(n)}.jsonl`;
const at = new Date('2026-02-03T12:00:00Z');

/** A home with three logs of the same size and time. */
const homeWithLogs = (t: TestContext): {home: string; file: (n: number) => string} => {
	const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-')));
	t.after(() => fs.rmSync(home, {recursive: true, force: true}));
	const folder = path.join(home, 'sessions/2026/02/03');
	fs.mkdirSync(folder, {recursive: true});
	const file = (n: number): string => path.join(folder, name(n));
	for (const n of [1, 2, 3]) {
		fs.writeFileSync(file(n), `log ${n}`);
		fs.utimesSync(file(n), at, at);
	}

	return {home, file};
};

/** Each changes one log, so that one stamp is another. */
const changes: Record<string, (file: (n: number) => string) => void> = {
	'one that grew at the same time': file => {
		fs.appendFileSync(file(2), 'more');
		fs.utimesSync(file(2), at, at);
	},
	'one that was written later': file => fs.utimesSync(file(2), at, new Date(at.getTime() + 1)),
	'one that was replaced by one of the same size and time': file => {
		fs.writeFileSync(`${file(2)}.new`, 'gol 2');
		fs.utimesSync(`${file(2)}.new`, at, at);
		fs.renameSync(`${file(2)}.new`, file(2));
	},
	'one that was renamed': file => fs.renameSync(file(2), file(4)),
	'one that was moved': file => {
		fs.mkdirSync(path.join(path.dirname(file(2)), '..', '04'));
		fs.renameSync(file(2), path.join(path.dirname(file(2)), '..', '04', name(2)));
	},
};

for (const [what, change] of Object.entries(changes)) {
	test(`a look tells ${what} from what it was`, t => {
		const {home, file} = homeWithLogs(t);
		const before = lookForLogs({home}).stamps;
		assert.equal(new Set(before).size, 3);
		assert.deepEqual(lookForLogs({home}).stamps, before);
		change(file);
		const after = lookForLogs({home});
		assert.equal(after.stamps.length, 3);
		const changed = [...after.stamps.keys()].filter(place => !before.includes(after.stamps[place] ?? 0));
		assert.equal(changed.length, 1);
		const {files} = findRollouts({home});
		const [found] = after.filesAt(changed) ?? [];
		assert.ok(found);
		assert.deepEqual(
			found,
			files.find(({key}) => key === found.key),
		);
		assert.ok(found.key === name(2) || found.key === name(4));
	});
}

test('a look leaves to a whole walk which of several files stands for a log', t => {
	const {home, file} = homeWithLogs(t);
	const places = (): number[] => [...lookForLogs({home}).stamps.keys()];
	assert.equal(lookForLogs({home}).filesAt(places())?.length, 3);
	const twins: ((log: string) => string)[] = [
		log => {
			fs.linkSync(log, file(7));
			return file(7);
		},
		log => {
			fs.symlinkSync(log, file(8));
			return file(8);
		},
		log => {
			fs.writeFileSync(`${log}.zst`, '');
			return `${log}.zst`;
		},
	];
	for (const [index, twin] of twins.entries()) {
		const made = twin(file(1));
		const look = lookForLogs({home});
		assert.equal(look.stamps.length, 4);
		const place = look.stamps.findIndex((_, at) => look.filesAt([at]) === undefined);
		assert.notEqual(place, -1, `twin ${index + 1}`);
		fs.rmSync(made);
	}

	const look = lookForLogs({home});
	fs.rmSync(file(3));
	assert.equal(look.filesAt(places().concat(2)), undefined, 'gone meanwhile');
});

test('a look sees what a walk sees', {skip: process.platform === 'win32'}, t => {
	const {home, file} = homeWithLogs(t);
	const folder = path.dirname(file(1));
	fs.writeFileSync(path.join(folder, 'notes.json'), '{}');
	fs.writeFileSync(path.join(folder, 'auth.json'), '{}');
	fs.writeFileSync(path.join(folder, `rollout-2025-04-20-${id(5)}.json`), '{}');
	fs.writeFileSync(path.join(folder, 'named.jsonl'), '');
	const look = lookForLogs({home});
	assert.equal(look.stamps.length, findRollouts({home}).files.length);
	assert.deepEqual(look.failures, []);
	execFileSync('mkfifo', [file(9)]);
	assert.equal(lookForLogs({home}).failures.length, 1);
	assert.deepEqual(
		lookForLogs({path: path.join(folder, 'none')}).failures,
		findRollouts({path: path.join(folder, 'none')}).failures,
	);
});

test('the newest logs are told as they were when they were looked at', t => {
	const {home, file} = homeWithLogs(t);
	fs.utimesSync(file(3), at, new Date(at.getTime() + 5000));
	const look = lookForLogs({home});
	assert.deepEqual(
		look.newest(1).map(({key}) => key),
		[name(3)],
	);
	assert.deepEqual(look.newest(10), findRollouts({home}).files);
	fs.appendFileSync(file(3), 'more');
	const [seen] = look.newest(1);
	assert.deepEqual([seen?.size, seen?.mtimeNs], [5, BigInt(at.getTime() + 5000) * 1_000_000n]);
});
