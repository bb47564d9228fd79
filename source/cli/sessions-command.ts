import type {SessionSummary} from '../model/session.js';
import type {SessionCursor} from '../store/store.js';
import {dateTimeLabel, summaryLine} from '../text/labels.js';
import {plainPath} from '../text/paths.js';
import type {CommandContext} from './context.js';
import {jsonSchemaVersion, sessionJson} from './json-output.js';

const pageSize = 200;

/** `sessions`: one line per session, or the JSON contract. */
export const sessionsCommand = async (
	{store, stdout, stderr}: CommandContext,
	flags: {json: boolean},
): Promise<void> => {
	let count = 0;
	if (flags.json) {
		await stdout.write(`{"schema":${jsonSchemaVersion},"sessions":[`);
	}

	const added = flags.json ? await store.annotations.sessions() : undefined;
	const redactions = flags.json ? await store.findings.counts() : undefined;
	for await (const session of allSessions(store)) {
		if (flags.json) {
			const files = await store.sourceFiles(session.id);
			const hidden = redactions?.get(session.id);
			const json = sessionJson(session, files, added?.get(session.threadId), hidden);
			await stdout.write(`${count === 0 ? '' : ','}\n${JSON.stringify(json)}`);
		} else {
			await stdout.writeLine(sessionLine(session));
		}

		count++;
	}

	if (flags.json) {
		await stdout.writeLine(`${count === 0 ? '' : '\n'}]}`);
	} else if (count === 0) {
		await stderr.writeLine('There are no sessions yet. Point to logs with --codex-home FOLDER or --sessions PATH.');
	}
};

/** Every session, newest first, a page in memory at a time. */
export async function* allSessions<Session extends SessionSummary>(store: {
	listSessions(page: {limit: number; after?: SessionCursor}): Promise<Session[]>;
}): AsyncGenerator<Session> {
	let after: SessionCursor | undefined;
	while (true) {
		const page = await store.listSessions({limit: pageSize, ...(after === undefined ? {} : {after})});
		yield* page;
		const last = page.at(-1);
		if (last === undefined || page.length < pageSize) {
			return;
		}

		after = {startedAt: last.startedAt ?? '', id: last.id};
	}
}

/** Start, id, prompts, folder and title; tabs between, so that `cut` and `awk` work. */
const sessionLine = (session: SessionSummary): string =>
	[
		dateTimeLabel(session.startedAt) || '-',
		session.threadId,
		String(session.promptCount),
		session.cwd === null ? '-' : plainPath(session.cwd),
		summaryLine(session.title ?? '') || '-',
	].join('\t');
