import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {Writable} from 'node:stream';
import {test} from 'node:test';
import {createOutlet, type Outlet} from '../../../source/cli/outlet.js';
import {Output} from '../../../source/cli/output.js';
import {reportPlan} from '../../../source/cli/report/report-plan.js';
import {type ReportProgress, writeReport} from '../../../source/cli/report/write-report.js';
import {readPrices} from '../../../source/config/read-prices.js';
import type {UserError} from '../../../source/model/problem.js';
import {fromRecipe} from '../../helpers/secret-samples.js';
import {temporaryFolder} from '../../ingest/home.js';
import {memoryStore} from '../memory-store.js';
import {sampleSession} from '../sample-session.js';

const pat = fromRecipe('ghp_<A36>', 8);
const nowhere = () => new Output(new Writable({write: (_chunk, _encoding, done) => done()}));

const setUp = (folder: string, change: (outlet: Outlet) => Partial<Outlet> = () => ({})) => {
	const store = {...memoryStore(), usage: async () => [], listPrompts: async () => []};
	const folders = {home: folder, config: folder, checkoutUser: null, current: folder};
	const outlet = createOutlet({
		services: {
			openStore: async () => store,
			openSearch: async () => {
				throw new Error('nothing is searched here');
			},
		},
		ruleFolders: folders,
		isUnredacted: false,
		command: 'report',
		stderr: nowhere(),
	});
	const written: string[] = [];
	const stdout = new Output(
		new Writable({
			write(chunk: Buffer, _encoding, done) {
				written.push(chunk.toString());
				done();
			},
		}),
	);
	const write = (output: string | undefined, more: {onProgress?: ReportProgress; signal?: AbortSignal} = {}) => {
		const plan = reportPlan([], {}, new Date());
		return writeReport({
			plan: {...plan, output},
			choice: {chosen: [{session: sampleSession}], automation: 0},
			request: {...plan.request, version: '1.0.0', writtenAt: null, asked: []},
			outlet: {...outlet, ...change(outlet)},
			databasePath: '',
			prices: readPrices(folders),
			origins: new Map(),
			stdout,
			stderr: nowhere(),
			onProgress: () => {},
			...more,
		});
	};
	return {write, written};
};

for (const phase of ['reading', 'writing', 'checking'] as const) {
	test(`stopping while ${phase} leaves no file`, async t => {
		const folder = temporaryFolder(t);
		const {write} = setUp(folder);
		const stop = new AbortController();
		const onProgress: ReportProgress = name => {
			if (name === phase) {
				stop.abort();
			}
		};
		const file = path.join(folder, 'report.md');
		await assert.rejects(write(file, {onProgress, signal: stop.signal}), /^UserError: Stopped: nothing was written\.$/);
		assert.deepEqual(fs.readdirSync(folder), []);
	});
}

test('a secret that redaction lets through stops the report, in a file and on standard output', async t => {
	const folder = temporaryFolder(t);
	// As if a bug of the redaction showed the store as it is.
	const {write, written} = setUp(folder, outlet => ({
		async openStore(databasePath) {
			const store = await outlet.openStore(databasePath);
			return {
				...store,
				async session(id) {
					const session = await store.session(id);
					return session && {...session, gitBranch: `fix/${pat}` as typeof session.gitBranch};
				},
			};
		},
	}));
	for (const output of [path.join(folder, 'report.md'), undefined]) {
		await assert.rejects(write(output), (error: UserError) => {
			assert.equal(error.exitCode, 3);
			assert.match(error.message, /\n {2}line \d+: github-pat(?:\n|$)/);
			assert.match(error.message, /\n {2}line \d+: secretlint github(?:\n|$)/);
			assert.equal(error.message.includes(pat.slice(4)), false);
			return true;
		});
	}

	assert.deepEqual(fs.readdirSync(folder), []);
	assert.deepEqual(written, []);
});
