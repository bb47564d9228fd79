import fs from 'node:fs';
import path from 'node:path';
import {Writable} from 'node:stream';
import type {TestContext} from 'node:test';
import {services} from '../../source/cli/default-services.js';
import {main} from '../../source/cli/main.js';
import {resolveSettings} from '../../source/config/settings.js';
import {temporaryFolder} from '../ingest/home.js';

export type ReportPlace = {
	/** Where logs, rules and reports lie. */
	root: string;
	/** Logs by their name below `logs/`. */
	write: (name: string, text: string | Uint8Array) => string;
	/** Runs a command on these logs. */
	run: (...args: string[]) => Promise<{exitCode: number; stdout: string; stderr: string}>;
};

/** A folder of invented logs with the program as it is, gone after the test. */
export const reportPlace = (t: TestContext): ReportPlace => {
	const root = temporaryFolder(t);
	const folders = {home: root, config: root, data: path.join(root, 'data'), checkoutUser: null, current: root};
	return {
		root,
		write(name, text) {
			const file = path.join(root, name);
			fs.mkdirSync(path.dirname(file), {recursive: true});
			fs.writeFileSync(file, text);
			return file;
		},
		async run(...args) {
			const [stdout, stderr] = [collector(), collector()];
			const exitCode = await main([...args, '--sessions', path.join(root, 'logs')], {
				stdout: stdout.stream,
				stderr: stderr.stream,
				services,
				resolve: flags => resolveSettings(flags, {}, folders),
				priceFolders: folders,
				ruleFolders: folders,
			});
			return {exitCode, stdout: stdout.text(), stderr: stderr.text()};
		},
	};
};

const collector = () => {
	const chunks: string[] = [];
	const stream = new Writable({
		write(chunk: Buffer, _encoding, done) {
			chunks.push(chunk.toString('utf8'));
			done();
		},
	});
	return {stream, text: () => chunks.join('')};
};
