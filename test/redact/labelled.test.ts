import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {assembleRedactor} from '../../source/redact/assemble.js';

const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));
const labelled = path.join(shared, 'redaction');
const samples = path.join(shared, 'corpus/sessions');
const adapter = fileURLToPath(new URL('../../bench/tasks/redaction-adapter.ts', import.meta.url));
const missing = (folder: string): string | false => (fs.existsSync(folder) ? false : `${folder} is not there`);

/** Least per cent found, by tier of the labelled set. */
const floors = {'secret/1': 97, 'secret/2': 92, 'secret/3': 45, 'pii/P': 90};

for (const embed of [undefined, 65_536, 100_000]) {
	test(`the labelled set is found${embed === undefined ? '' : `, each secret across character ${embed}`}`, {
		skip: missing(labelled),
	}, () => {
		const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-redact-'));
		try {
			const json = path.join(folder, 'score.json');
			const {status, stderr} = spawnSync(
				process.execPath,
				[
					'--import',
					'tsx',
					path.join(labelled, 'score.mjs'),
					adapter,
					labelled,
					'--json',
					json,
					...(embed === undefined ? [] : ['--embed', String(embed)]),
				],
				{encoding: 'utf8'},
			);
			assert.equal(status, 0, stderr);
			const {res, tiers} = JSON.parse(fs.readFileSync(json, 'utf8')) as {
				res: {falseAlarmRate: number};
				tiers: Record<string, {n: number; full: number}>;
			};
			for (const [tier, floor] of Object.entries(floors)) {
				const {n = 0, full = 0} = tiers[tier] ?? {};
				assert.ok(n > 0 && (100 * full) / n >= floor, `${tier}: ${full} of ${n}`);
			}

			assert.ok(res.falseAlarmRate <= 0.05, `false alarms: ${res.falseAlarmRate}`);
		} finally {
			fs.rmSync(folder, {recursive: true, force: true});
		}
	});
}

const textsOf = (value: unknown): string[] =>
	typeof value === 'string'
		? [value]
		: typeof value === 'object' && value !== null
			? Object.values(value).flatMap(textsOf)
			: [];

test('the published samples hold next to no marks of secrets', {skip: missing(samples)}, () => {
	const redactor = assembleRedactor({classes: ['secret']});
	let bytes = 0;
	let marks = 0;
	for (const file of fs
		.readdirSync(samples, {recursive: true, encoding: 'utf8'})
		.filter(name => name.endsWith('.jsonl'))) {
		for (const line of fs.readFileSync(path.join(samples, file), 'utf8').split('\n').filter(Boolean)) {
			for (const text of textsOf(JSON.parse(line)).filter(one => !one.startsWith('data:image'))) {
				bytes += Buffer.byteLength(text);
				marks += redactor.scan(text).length;
			}
		}
	}

	assert.ok(bytes > 1e6);
	assert.ok(marks / (bytes / 1e6) <= 2, `${marks} marks in ${(bytes / 1e6).toFixed(1)} MB`);
});
