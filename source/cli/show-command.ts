import type {ShownStore} from '../disclose/shown.js';
import type {PromptAnnotations} from '../model/annotation.js';
import type {LogEvent} from '../model/log-event.js';
import type {Prompt} from '../model/session.js';
import type {AnnotationsInside} from '../store/annotations.js';
import type {CommandContext} from './context.js';
import {writeOverview, writeSummaryOfEvent} from './describe-session.js';
import {findSession} from './find-session.js';
import {eventJson, jsonSchemaVersion, promptJson, sessionJson} from './json-output.js';
import type {Output} from './output.js';
import {oneLine, writePromptHeading} from './write-events.js';

/** `show`: the JSON contract, or a text for people with messages in full and one line per tool call. */
export const showCommand = async (
	context: CommandContext,
	reference: string,
	flags: {json: boolean},
): Promise<void> => {
	const {store, stdout} = context;
	const session = await findSession(store, reference);
	const files = await store.sourceFiles(session.id);
	const added = (await store.annotations.sessions()).get(session.threadId);
	const inside = await store.annotations.inside(session.id);
	if (flags.json) {
		const redactions = (await store.findings.counts()).get(session.id);
		const json = sessionJson(session, files, added, redactions);
		await stdout.write(`{"schema":${jsonSchemaVersion},"session":${JSON.stringify(json)},\n`);
		await stdout.write(`"marked":${JSON.stringify(await markedJson(store, inside))},\n`);
		await stdout.write('"prelude":{"events":[');
		await writeList(context, store.prelude(session.id), (event: LogEvent) => eventJson(event));
		await stdout.write(']},\n"prompts":[');
		await writeList(context, store.prompts(session.id), (prompt: Prompt) =>
			promptJson(prompt, inside.prompts.get(prompt.id)),
		);
		await stdout.writeLine(']}');
		return;
	}

	await writeOverview(stdout, session, files, added);
	for await (const prompt of store.prompts(session.id)) {
		await writePromptHeading(stdout, prompt);
		await writePromptAnnotations(stdout, inside.prompts.get(prompt.id));
		for (const event of prompt.events) {
			await writeSummaryOfEvent(stdout, event);
		}
	}
};

/** Bookmarks and notes of events, by where those are recorded. */
const markedJson = async (store: ShownStore, {events}: AnnotationsInside) => {
	const marked = [];
	for (const [id, {isBookmarked, note}] of events) {
		const detail = await store.event(id);
		marked.push({path: detail?.path ?? null, line: detail?.lines[0] ?? null, bookmarked: isBookmarked, note});
	}

	return marked;
};

const writePromptAnnotations = async (output: Output, added: PromptAnnotations | undefined): Promise<void> => {
	const words = [
		...(added?.disposition ? [`  Disposition  ${added.disposition}`] : []),
		...(added?.note ? [`  Note         ${oneLine(added.note)}`] : []),
	];
	if (words.length > 0) {
		await output.writeLine(`${words.join('\n')}\n`);
	}
};

const writeList = async <T>({stdout}: CommandContext, items: AsyncIterable<T>, toJson: (item: T) => unknown) => {
	let isFirst = true;
	for await (const item of items) {
		await stdout.write(`${isFirst ? '' : ','}\n${JSON.stringify(toJson(item))}`);
		isFirst = false;
	}
};
