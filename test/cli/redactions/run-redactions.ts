import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {Writable} from 'node:stream';
import type {TestContext} from 'node:test';
import {services} from '../../../source/cli/default-services.js';
import {main} from '../../../source/cli/main.js';
import type {Services} from '../../../source/cli/services.js';
import {resolveSettings} from '../../../source/config/settings.js';

type Input = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

type Outcome = {exitCode: number; stdout: string; stderr: string};

export type Place = {
	root: string;
	/** Runs `redactions …` in this place; input comes in these chunks. */
	run: (args: readonly string[], input?: Input, onOutput?: (text: string) => void) => Promise<Outcome>;
	/** Runs any other command there. */
	command: (args: readonly string[]) => Promise<Outcome>;
	/** Writes a file there; answers its path. */
	write: (name: string, text: string | Uint8Array) => string;
};

/** An empty home, with real services unless others are given, gone after the test. */
export const emptyPlace = (t: TestContext, given: Services = services): Place => {
	const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-')));
	t.after(() => fs.rmSync(root, {recursive: true, force: true, maxRetries: 3}));
	const folders = {home: root, config: root, data: path.join(root, 'data'), checkoutUser: null, current: root};
	const runMain = async (args: readonly string[], input: Input = [], onOutput: (text: string) => void = () => {}) => {
		const outputs = {stdout: '', stderr: ''};
		const stream = (name: keyof typeof outputs): Writable =>
			new Writable({
				write(chunk: Buffer, _encoding, done) {
					outputs[name] += chunk.toString('utf8');
					if (name === 'stdout') {
						onOutput(chunk.toString('utf8'));
					}

					done();
				},
			});
		const exitCode = await main(args, {
			stdout: stream('stdout'),
			stderr: stream('stderr'),
			services: given,
			resolve: flags => resolveSettings(flags, {}, folders),
			ruleFolders: folders,
			stdin: () => bytesOf(input),
		});
		return {exitCode, ...outputs};
	};

	return {
		root,
		write(name, text) {
			const file = path.join(root, name);
			fs.mkdirSync(path.dirname(file), {recursive: true});
			fs.writeFileSync(file, text);
			return file;
		},
		run: (args, input, onOutput) => runMain(['redactions', ...args], input, onOutput),
		command: args => runMain(args),
	};
};

async function* bytesOf(input: Input) {
	for await (const chunk of input) {
		yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
	}
}

const refuse = (): never => {
	throw new Error('a database was asked for');
};

/** For commands that must not open one. */
export const noServices: Services = {
	openRedactions: async () => undefined,
	openStore: refuse,
	openSearch: refuse,
	ingest: refuse,
	rederive: refuse,
	checkDatabases: refuse,
	backUp: refuse,
	vacuum: refuse,
	planForget: refuse,
	forget: refuse,
	listForgotten: refuse,
	readAgain: refuse,
};
