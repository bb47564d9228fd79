import type {UsageReport, UsageSum} from '../../usage/group.js';
import {closingSections} from '../closing-sections.js';
import {type Block, eventView} from '../event-view.js';
import type {ReportEvent, ReportHead, ReportPart, ReportPrompt, ReportSession} from '../report-part.js';
import {type Cell, csvRow} from './cells.js';

/** A piece of one of the tables. */
export type TablePiece = {file: CsvFile; text: string};

const tokenColumns = [
	'input_tokens',
	'cached_input_tokens',
	'output_tokens',
	'reasoning_output_tokens',
	'total_tokens',
	'unpriced_tokens',
	// Last: what stands below a name that ends in tokens reads like one.
	'cost_usd',
];

const columns = {
	'sessions.csv': [
		'session',
		'kind',
		'parent',
		'fork_of',
		'title',
		'tags',
		'note',
		'started',
		'ended',
		'duration_ms',
		'folder',
		'repository',
		'branch',
		'commit',
		'models',
		'codex',
		'prompts',
		'tool_calls',
		'unreadable_lines',
		...tokenColumns,
	],
	'prompts.csv': [
		'session',
		'prompt',
		'state',
		'started',
		'ended',
		'text',
		'images',
		'disposition',
		'note',
		...tokenColumns,
	],
	'events.csv': [
		'session',
		'prompt',
		'line',
		'at',
		'kind',
		'name',
		'summary',
		'text',
		'exit_code',
		'duration_ms',
		'status',
		'bookmarked',
		'note',
		'characters_left_out',
	],
	'usage.csv': ['by', 'key', ...tokenColumns],
	'redactions.csv': ['rule', 'origin', 'actor', 'reason', 'placeholders', 'places', 'replaced_otherwise'],
	'about.csv': ['section', 'name', 'value'],
} as const satisfies Record<string, readonly string[]>;

export type CsvFile = keyof typeof columns;

/** The tables of a report, one file each; each has its head, also where nothing follows. */
export const csvFiles = Object.keys(columns) as CsvFile[];

/** A report as tables that spreadsheets and scripts read. */
export async function* csvReport(parts: AsyncIterable<ReportPart>): AsyncGenerator<TablePiece> {
	for (const file of csvFiles) {
		yield row(file, columns[file]);
	}

	let session: ReportSession | undefined;
	let prompts = 0;
	for await (const part of parts) {
		switch (part.type) {
			case 'head':
				yield* usageRows(part.head);
				break;
			case 'session':
				session = part.session;
				prompts = 0;
				break;
			case 'prelude':
				for await (const event of part.events) {
					yield* eventRows(event, threadOf(session), null);
				}

				break;
			case 'prompt':
				prompts++;
				yield promptRow(part.prompt, threadOf(session));
				for (const event of part.prompt.events) {
					yield* eventRows(event, threadOf(session), part.prompt.index);
				}

				break;
			case 'session-end':
				if (session !== undefined) {
					yield sessionRow(session, prompts, part.sum);
				}

				break;
			case 'closing':
				for (const {rule, origin, actor, reason, values, places, replaced} of part.closing.redactions) {
					yield row('redactions.csv', [rule, origin, actor, reason, values, places, replaced]);
				}

				// What was redacted has a table of its own.
				for (const {id, title, facts, table, words} of closingSections(part.closing)) {
					const texts = [
						...facts,
						...(id === 'redactions'
							? []
							: (table?.rows ?? []).map(([name = '', ...values]) => [name, values.join(' ')])),
						...words.map(text => ['', text]),
					];
					for (const cells of texts) {
						yield row('about.csv', [title, ...cells]);
					}
				}
		}
	}
}

const row = (file: CsvFile, cells: readonly Cell[]): TablePiece => ({file, text: csvRow(cells)});

const threadOf = (session: ReportSession | undefined): string => session?.session.threadId ?? '';

const sumCells = ({usage, cost, unpricedTokens}: UsageSum): Cell[] => [
	usage.inputTokens,
	usage.cachedInputTokens,
	usage.outputTokens,
	usage.reasoningOutputTokens,
	usage.totalTokens,
	unpricedTokens,
	cost,
];

function* usageRows({usage}: ReportHead): Generator<TablePiece> {
	const tables: [string, UsageReport][] =
		usage === null
			? []
			: [
					['day', usage.byDay],
					['model', usage.byModel],
					['repository', usage.byRepository],
				];
	for (const [by, {rows}] of tables) {
		for (const {key, ...sum} of rows) {
			yield row('usage.csv', [by, key, ...sumCells(sum)]);
		}
	}
}

const sessionRow = ({session, added}: ReportSession, prompts: number, sum: UsageSum): TablePiece =>
	row('sessions.csv', [
		session.threadId,
		session.kind,
		session.parentThreadId,
		session.forkedFromThreadId,
		session.title,
		added.tags.join(' '),
		added.note,
		session.startedAt,
		session.endedAt,
		session.durationMs,
		session.cwd,
		session.gitRepositoryUrl,
		session.gitBranch,
		session.gitCommit,
		session.models.join(' '),
		session.cliVersion,
		prompts,
		session.toolCallCount,
		session.problemCount,
		...sumCells(sum),
	]);

const promptRow = (
	{index, state, startedAt, endedAt, text, images, added, sum}: ReportPrompt,
	thread: string,
): TablePiece =>
	row('prompts.csv', [
		thread,
		index,
		state,
		startedAt,
		endedAt,
		text,
		images.length,
		added.disposition,
		added.note,
		...sumCells(sum),
	]);

function* eventRows(
	{event, cut, isBookmarked, note}: ReportEvent,
	thread: string,
	prompt: number | null,
): Generator<TablePiece> {
	const {name, summary, blocks, inner} = eventView(event);
	const call = event.kind === 'tool-call' ? event : undefined;
	const ran = call ?? (event.kind === 'user-command' ? event : undefined);
	yield row('events.csv', [
		thread,
		prompt,
		event.line,
		event.at,
		event.kind,
		name,
		summary,
		blocks.map(blockText).join('\n\n'),
		ran?.exitCode ?? null,
		ran?.durationMs ?? null,
		call?.status ?? null,
		isBookmarked,
		note,
		cut,
	]);
	for (const one of inner) {
		yield* eventRows({event: one, cut: 0, isBookmarked: false, note: null}, thread, prompt);
	}
}

const blockText = (block: Block): string =>
	block.type === 'steps' ? block.steps.map(({step, status}) => `[${status}] ${step}`).join('\n') : block.text;
