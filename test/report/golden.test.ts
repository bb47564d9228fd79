import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {reportFormats} from '../../source/report/formats.js';
import {reportModes} from '../../source/report/request.js';
import {reportPlace} from '../helpers/report-place.js';
import {threadId} from '../helpers/rollout.js';
import {fullLog, logOf, otherId, otherLog, reviewId, reviewLog, secrets} from './sample-logs.js';

const folder = new URL('golden/', import.meta.url);

const checkGolden = (name: string, text: string): void => {
	const file = new URL(name, folder);
	if (process.env['UPDATE'] === '1') {
		fs.writeFileSync(file, text);
	}

	assert.equal(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '', text, `${name} is another one now`);
};

/** Releases change the version and nothing else. */
const withoutVersion = (text: string): string =>
	text.replaceAll(/codex-tui \d+\.\d+\.\d+[\w.-]*/g, 'codex-tui VERSION');

/** Of a folder, what its files hold, each below its name. */
const contentOf = (file: string): string =>
	fs.statSync(file).isDirectory()
		? fs
				.readdirSync(file)
				.map(name => `== ${name} ==\n${fs.readFileSync(path.join(file, name), 'utf8')}`)
				.join('')
		: fs.readFileSync(file, 'utf8');

const place = async (t: TestContext) => {
	const made = reportPlace(t);
	made.write(logOf(threadId), fullLog);
	made.write(logOf(otherId), otherLog);
	made.write(logOf(reviewId), reviewLog);
	await made.run('tag', threadId, '+tides');
	await made.run('note', threadId, 'Ask *Kim* <soon>.');
	return made;
};

for (const {id: format} of reportFormats) {
	for (const {id: mode} of reportModes) {
		test(`a report as ${format} with ${mode} is that of its golden file`, async t => {
			const {root, run} = await place(t);
			const file = path.join(root, `out.${format}`);
			const args = ['-o', file, '--format', format, '--mode', mode, '--reproducible', '--cap', '600'];
			const {exitCode, stderr} = await run('report', ...args);
			assert.equal(exitCode, 0, stderr);
			const text = withoutVersion(contentOf(file));
			for (const [name, value] of Object.entries(secrets)) {
				assert.equal(text.includes(value), false, `${name} stands in the report`);
			}

			checkGolden(`${mode}.${format}`, text);
		});
	}
}
