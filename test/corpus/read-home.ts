import assert from 'node:assert/strict';
import path from 'node:path';
import {Writable} from 'node:stream';
import {services} from '../../source/cli/default-services.js';
import type {eventJson, sessionJson} from '../../source/cli/json-output.js';
import {main} from '../../source/cli/main.js';
import {resolveSettings} from '../../source/config/settings.js';
import type {LogEvent} from '../../source/model/log-event.js';
import type {PromptState} from '../../source/model/session.js';

/** What `show --json` prints. */
export type Shown = {
	session: ReturnType<typeof sessionJson>;
	prelude: {events: LogEvent[]};
	prompts: {text: string; state: PromptState; gone?: {reason: string}; events: ReturnType<typeof eventJson>[]}[];
};

/** Runs a command of the program on a home, with a database of its own. */
export const runProgram = async (home: string, folder: string, args: readonly string[]): Promise<string> => {
	const printed = {out: [] as Buffer[], err: [] as Buffer[]};
	const collect = (chunks: Buffer[]): Writable =>
		new Writable({
			write(chunk: Buffer, _encoding, done) {
				chunks.push(chunk);
				done();
			},
		});
	const folders = {home: folder, config: folder, data: path.join(folder, 'data'), checkoutUser: null, current: folder};
	const exitCode = await main(args, {
		stdout: collect(printed.out),
		stderr: collect(printed.err),
		services,
		resolve: flags => resolveSettings(flags, {CODEX_HOME: home}, folders),
	});
	assert.equal(exitCode, 0, Buffer.concat(printed.err).toString());
	assert.equal(Buffer.concat(printed.err).toString(), args.includes('--no-redact') ? unredactedWords : '');
	return Buffer.concat(printed.out).toString();
};

const unredactedWords = 'Nothing is redacted here: secrets and personal data stand as they are in the logs.\n';

/** Every session of a home as `show --json` has it. */
export const showAll = async (home: string, folder: string): Promise<Shown[]> => {
	await runProgram(home, folder, ['ingest']);
	const {sessions} = JSON.parse(await runProgram(home, folder, ['sessions', '--json', '--no-redact'])) as {
		sessions: {id: string}[];
	};
	const shown: Shown[] = [];
	for (const {id} of sessions) {
		shown.push(JSON.parse(await runProgram(home, folder, ['show', id, '--json', '--no-redact'])) as Shown);
	}

	return shown;
};
