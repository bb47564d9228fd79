import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import {PlaceholderCounter} from '../report/redaction-tally.js';
import type {CommandContext} from './context.js';
import {findSession} from './find-session.js';
import {noteExport} from './note-export.js';
import type {Outlet} from './outlet.js';
import type {Output} from './output.js';
import {refuseCodexHome} from './refuse-codex-home.js';
import {refuseOrphans} from './refuse-orphans.js';
import {writeChecked} from './write-checked.js';
import {writeEvent, writeHeading, writePromptHeading} from './write-events.js';

/** `group`: the prelude, then each prompt with all that followed it. */
export const groupCommand = async (
	{store, stdout, stderr, settings}: CommandContext,
	reference: string,
	flags: {output?: string | undefined},
	inspection: Outlet['inspection'],
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
	};

	if (flags.output === undefined || flags.output === '-') {
		await write(stdout);
		return;
	}

	const file = path.resolve(flags.output);
	refuseCodexHome(file, settings.source);
	await refuseOrphans(store, session);
	await writeChecked(file, write, {inspection: await inspection(), replaces: true});
	const detail = {format: 'text', mode: 'group', sessions: 1, redactions: await placeholdersIn(file)};
	await noteExport(store.redactions, stderr, detail, session.threadId);
	await stderr.writeLine(`Wrote ${file}`);
};

/** How many different values stand as placeholders in a file. */
const placeholdersIn = async (file: string): Promise<number> => {
	const counter = new PlaceholderCounter();
	for await (const line of readline.createInterface({input: fs.createReadStream(file)})) {
		counter.count(line);
	}

	return counter.rows(new Map(), new Map()).reduce((sum, {values}) => sum + values, 0);
};
