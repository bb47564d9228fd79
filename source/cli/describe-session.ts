import {noSessionAnnotations, type SessionAnnotations} from '../model/annotation.js';
import type {LogEvent} from '../model/log-event.js';
import type {SessionSummary, SourceFile} from '../model/session.js';
import {bytesLabel, dateTimeLabel, durationLabel, exactCountLabel, summaryLine} from '../text/labels.js';
import {plainPath} from '../text/paths.js';
import {plainText} from '../text/sanitize.js';
import type {Output} from './output.js';
import {describeEvent, oneLine} from './write-events.js';

/** What a session is, one fact a line; facts that the log does not hold are left out. */
export const writeOverview = async (
	output: Output,
	session: SessionSummary,
	files: readonly SourceFile[],
	{tags, note}: SessionAnnotations = noSessionAnnotations,
): Promise<void> => {
	const {inputTokens, cachedInputTokens, outputTokens, totalTokens} = session.usage;
	const usage =
		`${exactCountLabel(totalTokens)} tokens (input ${exactCountLabel(inputTokens)}, ` +
		`${exactCountLabel(cachedInputTokens)} of it cached, output ${exactCountLabel(outputTokens)})`;
	const facts: [string, string | null][] = [
		['Session', session.threadId],
		['Kind', session.kind === 'main' ? null : session.kind],
		['Parent', session.parentThreadId],
		['Fork of', session.forkedFromThreadId],
		['Tags', tags.join(' ')],
		['Note', note],
		['Started', dateTimeLabel(session.startedAt)],
		['Ended', dateTimeLabel(session.endedAt)],
		['Time', durationLabel(session.durationMs)],
		['Folder', session.cwd === null ? null : plainPath(session.cwd)],
		['Branch', session.gitBranch],
		['Commit', session.gitCommit],
		['Models', session.models.join(', ')],
		['Codex', [session.cliVersion, session.originator].filter(Boolean).join(', ')],
		['Prompts', exactCountLabel(session.promptCount)],
		['Calls', exactCountLabel(session.toolCallCount)],
		['Usage', totalTokens === 0 ? null : usage],
		...files.map((file): [string, string] => ['Log', describeFile(file)]),
	];
	await output.writeLine(summaryLine(session.title ?? '') || 'Session without a title');
	for (const [name, value] of facts) {
		if (value) {
			await output.writeLine(`  ${name.padEnd(8)} ${oneLine(value)}`);
		}
	}

	await output.writeLine();
};

const describeFile = ({path, bytes, lines, problems}: SourceFile): string => {
	const unreadable = problems === 0 ? '' : `, ${exactCountLabel(problems)} unreadable`;
	return `${plainPath(path)} (${bytesLabel(bytes)}, ${exactCountLabel(lines)} lines${unreadable})`;
};

/** Messages in full, tool calls and notices in a line, everything technical not at all. */
export const writeSummaryOfEvent = async (output: Output, event: LogEvent): Promise<void> => {
	switch (event.kind) {
		case 'message':
			if (event.context === null) {
				await output.writeLine(`${oneLine(event.role)}:`);
				await output.writeLine(`${plainText(describeEvent(event).body).trimEnd()}\n`);
			}

			return;
		case 'tool-call': {
			const what = event.command ?? event.changes?.map(({path}) => path).join(', ') ?? event.name;
			const result = event.exitCode === null ? event.status : `exit ${event.exitCode}`;
			await output.writeLine(`  ${event.tool}: ${summaryLine(what, 100)} (${result})\n`);
			return;
		}

		case 'user-command': {
			const result = event.exitCode === null ? '' : ` (exit ${event.exitCode})`;
			await output.writeLine(`  person: ${summaryLine(event.command ?? '', 100)}${result}\n`);
			return;
		}

		case 'turn-aborted':
		case 'notice':
		case 'compaction':
		case 'rollback':
		case 'review': {
			const {title, body} = describeEvent(event);
			await output.writeLine(`  ${oneLine(title)}${body ? `: ${summaryLine(body, 100)}` : ''}\n`);
		}
	}
};
