import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import fc from 'fast-check';
import {csvRow} from '../../source/report/csv/cells.js';
import {csvFiles, csvReport} from '../../source/report/csv/csv-report.js';
import {plainText} from '../../source/text/sanitize.js';
import {hostileText} from '../helpers/hostile-text.js';
import {reportPlace} from '../helpers/report-place.js';
import {threadId} from '../helpers/rollout.js';
import {parseCsv} from './parse-csv.js';
import {partsTelling} from './parts-telling.js';
import {fullLog, logOf, otherId, otherLog} from './sample-logs.js';

const startsFormula = (cell: string): boolean => /^[=+\-@\t\r\n＝＋－＠]/.test(cell);

test('cells come back as they were written, formulas behind an apostrophe', () => {
	const cell = fc.oneof(
		hostileText,
		fc.constantFrom('=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '', 'a,b', '"'),
	);
	fc.assert(
		fc.property(fc.array(cell, {minLength: 1, maxLength: 5}), cells => {
			const [back = [], ...others] = parseCsv(csvRow(cells));
			assert.equal(others.length, 0);
			for (const [index, text] of cells.entries()) {
				const plain = plainText(text);
				assert.equal(back[index], startsFormula(plain) ? `'${plain}` : plain);
				assert.equal(startsFormula(back[index] ?? ''), false);
			}
		}),
		{numRuns: 500},
	);
});

test('numbers stay as they are, and what is not known is nothing', () => {
	assert.equal(csvRow([-1.5, 0, null, true, 'x', '']), '"-1.5","0",,"true","x",\r\n');
});

test('no text of a log leaves its cell, in any table', async () => {
	await fc.assert(
		fc.asyncProperty(hostileText, async text => {
			const tables = new Map<string, string>();
			for await (const piece of csvReport(partsTelling(text))) {
				tables.set(piece.file, (tables.get(piece.file) ?? '') + piece.text);
			}

			for (const file of csvFiles) {
				const records = parseCsv(tables.get(file) ?? '');
				assert.equal(records.flat().some(startsFormula), false, file);
			}

			const [head = [], ...prompts] = parseCsv(tables.get('prompts.csv') ?? '');
			const plain = plainText(text);
			for (const prompt of prompts) {
				assert.equal(prompt[head.indexOf('text')], startsFormula(plain) ? `'${plain}` : plain);
			}
		}),
		{numRuns: 60},
	);
});

test('the tables are a folder of their own, which is replaced only when nothing else lies in it', async t => {
	const {run, root, write} = reportPlace(t);
	write(logOf(threadId), fullLog);
	write(logOf(otherId), otherLog);
	const folder = path.join(root, 'out', 'tables');
	fs.mkdirSync(path.dirname(folder));
	const report = (...flags: string[]) => run('report', '--format', 'csv', '-o', folder, ...flags);
	assert.equal((await report()).exitCode, 0);
	assert.deepEqual(fs.readdirSync(folder), csvFiles.toSorted());
	assert.deepEqual(fs.readdirSync(path.dirname(folder)), ['tables']);
	assert.equal(fs.statSync(folder).mode & 0o777, 0o700);
	for (const file of csvFiles) {
		assert.equal(fs.statSync(path.join(folder, file)).mode & 0o777, 0o600);
		assert.ok(parseCsv(fs.readFileSync(path.join(folder, file), 'utf8')).length > 1, file);
	}

	assert.equal((await report()).exitCode, 2);
	assert.equal((await report('--force')).exitCode, 0);
	fs.writeFileSync(path.join(folder, 'mine.txt'), 'mine');
	const refused = await report('--force');
	assert.equal(refused.exitCode, 2);
	assert.match(refused.stderr, /holds other things\. Choose a folder that is not there yet\.\n$/);
	assert.equal(fs.readFileSync(path.join(folder, 'mine.txt'), 'utf8'), 'mine');

	const nowhere = await run('report', '--format', 'csv');
	assert.equal(nowhere.exitCode, 2);
	assert.match(nowhere.stderr, /^A report as CSV is several files\. Name a folder for them with -o FOLDER\.\n$/);
});
