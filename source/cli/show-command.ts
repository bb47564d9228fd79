import type {LogEvent} from '../model/log-event.js';
import type {CommandContext} from './context.js';
import {writeOverview, writeSummaryOfEvent} from './describe-session.js';
import {findSession} from './find-session.js';
import {eventJson, jsonSchemaVersion, promptJson, sessionJson} from './json-output.js';
import {writePromptHeading} from './write-events.js';

/** `show`: the JSON contract, or a text for people with messages in full and one line per tool call. */
export const showCommand = async (
	context: CommandContext,
	reference: string,
	flags: {json: boolean},
): Promise<void> => {
	const {store, stdout} = context;
	const session = await findSession(store, reference);
	const files = await store.sourceFiles(session.id);
	if (flags.json) {
		await stdout.write(`{"schema":${jsonSchemaVersion},"session":${JSON.stringify(sessionJson(session, files))},\n`);
		await stdout.write('"prelude":{"events":[');
		await writeList(context, store.prelude(session.id), (event: LogEvent) => eventJson(event));
		await stdout.write(']},\n"prompts":[');
		await writeList(context, store.prompts(session.id), promptJson);
		await stdout.writeLine(']}');
		return;
	}

	await writeOverview(stdout, session, files);
	for await (const prompt of store.prompts(session.id)) {
		await writePromptHeading(stdout, prompt);
		for (const event of prompt.events) {
			await writeSummaryOfEvent(stdout, event);
		}
	}
};

const writeList = async <T>({stdout}: CommandContext, items: AsyncIterable<T>, toJson: (item: T) => unknown) => {
	let isFirst = true;
	for await (const item of items) {
		await stdout.write(`${isFirst ? '' : ','}\n${JSON.stringify(toJson(item))}`);
		isFirst = false;
	}
};
