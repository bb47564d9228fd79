import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {writeChecked} from '../../source/cli/write-checked.js';
import type {Inspection} from '../../source/disclose/check-bytes.js';
import {UserError} from '../../source/model/problem.js';
import {assembleRedactor} from '../../source/redact/assemble.js';
import {fromRecipe} from '../helpers/secret-samples.js';
import {temporaryFolder} from '../ingest/home.js';

const redactor = assembleRedactor();
const inspection: Inspection = {scan: text => redactor.scan(text), second: async () => []};
const pat = fromRecipe('ghp_<A36>');

test('a clean file gets its name, and its owner alone can read it', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'report.md');
	await writeChecked(file, output => output.write('# Title\n'), {inspection, replaces: false});
	assert.equal(fs.readFileSync(file, 'utf8'), '# Title\n');
	assert.equal(fs.statSync(file).mode & 0o777, 0o600);
	assert.deepEqual(fs.readdirSync(folder), ['report.md']);
});

test('a file that holds a secret is never there; places are told without values', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'report.md');
	fs.writeFileSync(file, 'as it was');
	const written = writeChecked(file, output => output.write(`# Title\n\n${pat}\n`), {inspection, replaces: true});
	await assert.rejects(written, (error: UserError) => {
		assert.equal(error.exitCode, 3);
		assert.match(error.message, /^Nothing was written: .*\n {2}line 3: github-pat$/s);
		assert.equal(error.message.includes(pat.slice(4)), false);
		return true;
	});
	assert.equal(fs.readFileSync(file, 'utf8'), 'as it was');
	assert.deepEqual(fs.readdirSync(folder), ['report.md']);
});

test('a scanner that fails leaves no file', async t => {
	const folder = temporaryFolder(t);
	const second = async () => {
		throw new TypeError(`cannot read ${pat}`);
	};
	const written = writeChecked(path.join(folder, 'a.md'), output => output.write('text\n'), {
		inspection: {...inspection, second},
		replaces: false,
	});
	await assert.rejects(written, (error: UserError) => {
		assert.ok(error instanceof UserError);
		assert.equal(error.exitCode, 1);
		assert.match(error.message, /could not be looked through once more \(TypeError\), so nothing was written\.$/);
		return true;
	});
	assert.deepEqual(fs.readdirSync(folder), []);
});

test('what is there is replaced only when asked for', async t => {
	const file = path.join(temporaryFolder(t), 'a.md');
	fs.writeFileSync(file, 'old');
	const write = (replaces: boolean) =>
		writeChecked(file, output => output.write('new'), {inspection: undefined, replaces});
	await assert.rejects(write(false), /is there already\. Choose another name, or replace it with --force\.$/);
	assert.equal(fs.readFileSync(file, 'utf8'), 'old');
	await write(true);
	assert.equal(fs.readFileSync(file, 'utf8'), 'new');
});

test('stopping leaves nothing, while writing and while looking through', async t => {
	const folder = temporaryFolder(t);
	for (const when of ['writing', 'checking']) {
		const stop = new AbortController();
		const written = writeChecked(
			path.join(folder, 'a.md'),
			async output => {
				await output.write('text\n');
				if (when === 'writing') {
					stop.abort();
					stop.signal.throwIfAborted();
				}
			},
			{inspection, replaces: false, signal: stop.signal, onChecked: () => stop.abort()},
		);
		await assert.rejects(written, /^UserError: Stopped: nothing was written\.$/, when);
		assert.deepEqual(fs.readdirSync(folder), [], when);
	}
});
