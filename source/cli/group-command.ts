import fs from 'node:fs';
import path from 'node:path';
import {UserError} from '../model/problem.js';
import type {CommandContext} from './context.js';
import {findSession} from './find-session.js';
import {Output} from './output.js';
import {refuseCodexHome} from './refuse-codex-home.js';
import {writeEvent, writeHeading, writePromptHeading} from './write-events.js';

/** `group`: the prelude, then each prompt with all that followed it. */
export const groupCommand = async (
	{store, stdout, stderr, settings}: CommandContext,
	reference: string,
	flags: {output?: string | undefined},
): Promise<void> => {
	const session = await findSession(store, reference);
	const write = async (output: Output): Promise<void> => {
		await writeHeading(output, `Session ${session.threadId}`);
		await writeHeading(output, 'Prelude');
		for await (const event of store.prelude(session.id)) {
			await writeEvent(output, event);
		}

		for await (const prompt of store.prompts(session.id)) {
			await writePromptHeading(output, prompt);
			for (const event of prompt.events) {
				await writeEvent(output, event);
			}
		}

		await output.flush();
	};

	if (flags.output === undefined || flags.output === '-') {
		await write(stdout);
		return;
	}

	const file = path.resolve(flags.output);
	refuseCodexHome(file, settings.source);
	await writeFile(file, write);
	await stderr.writeLine(`Wrote ${file}`);
};

/** Writes beside the file and renames, so that a failure leaves what was there; readable by its owner alone. */
const writeFile = async (file: string, write: (output: Output) => Promise<void>): Promise<void> => {
	const partial = `${file}.${process.pid}.part`;
	try {
		const stream = fs.createWriteStream(partial, {mode: 0o600, flags: 'wx'});
		const failed = new Promise<never>((_, reject) => stream.on('error', reject));
		await Promise.race([write(new Output(stream)), failed]);
		await Promise.race([new Promise<void>(resolve => stream.end(resolve)), failed]);
		await fs.promises.rename(partial, file);
	} catch (error) {
		await fs.promises.rm(partial, {force: true});
		const {code} = error as NodeJS.ErrnoException;
		if (code === undefined || error instanceof UserError) {
			throw error;
		}

		throw new UserError(`${file} cannot be written (${code}). Choose another place with -o FILE.`, 1);
	}
};
