import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {Writable} from 'node:stream';
import type {TestContext} from 'node:test';
import {main} from '../../source/cli/main.js';
import type {Services} from '../../source/cli/services.js';
import {resolveSettings} from '../../source/config/settings.js';
import type {IngestOptions, IngestSummary} from '../../source/ingest/ingest.js';
import type {SessionSummary} from '../../source/model/session.js';
import type {Annotations} from '../../source/store/annotations.js';
import type {Vacuumed} from '../../source/store/maintenance.js';
import {memoryStore} from './memory-store.js';
import {sampleFile} from './sample-session.js';

export type Outcome = {
	exitCode: number;
	stdout: string;
	stderr: string;
	requests: (IngestOptions & {databasePath: string})[];
};

export type Situation = {
	sessions?: SessionSummary[];
	annotations?: Annotations;
	summary?: Partial<IngestSummary>;
	hasHome?: boolean;
	vacuumed?: Vacuumed[];
};

/** Runs a command on a store in memory, in a made-up home. */
export const runCommand = async (
	t: TestContext,
	args: readonly string[],
	situation: Situation = {},
): Promise<Outcome> => {
	const root = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-'));
	t.after(() => fs.rmSync(root, {recursive: true, force: true}));
	if (situation.hasHome !== false) {
		fs.mkdirSync(path.join(root, '.codex'));
	}

	const folders = {home: root, config: root, data: path.join(root, 'data'), checkoutUser: null, current: root};
	const requests: Outcome['requests'] = [];
	const stdout = collector();
	const stderr = collector();
	const exitCode = await main(args, {
		stdout: stdout.stream,
		stderr: stderr.stream,
		resolve: flags => resolveSettings(flags, {}, folders),
		services: {
			...noDoctor,
			vacuum: async () => situation.vacuumed ?? [],
			openStore: async () => memoryStore(situation.sessions, situation.annotations),
			ingest: async (databasePath, options) => {
				requests.push({databasePath, ...options});
				return {found: 0, files: [], failures: [], bytes: 0, wasStopped: false, ...situation.summary};
			},
		},
	});
	return {exitCode, stdout: stdout.text(), stderr: stderr.text(), requests};
};

/** What only commands with tests of their own need. */
export const noDoctor: Omit<Services, 'openStore' | 'ingest'> = {
	openRedactions: async () => undefined,
	async rederive() {
		throw new Error('nothing is derived anew here');
	},
	checkDatabases: async () => [],
	async backUp() {
		throw new Error('nothing is copied here');
	},
	vacuum: async () => [],
	planForget: async () => ({sessions: [], otherFiles: []}),
	async forget() {},
	listForgotten: async () => [],
	async readAgain() {},
	async openSearch() {
		throw new Error('nothing is searched here');
	},
};

const collector = () => {
	const chunks: Buffer[] = [];
	const stream = new Writable({
		write(chunk: Buffer, _encoding, done) {
			chunks.push(chunk);
			done();
		},
	});
	return {stream, text: () => Buffer.concat(chunks).toString('utf8')};
};

export const samplePath = sampleFile.path;
