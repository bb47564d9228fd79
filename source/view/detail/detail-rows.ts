import type {LogEvent} from '../../model/log-event.js';
import type {WordMatcher} from '../../query/word-matcher.js';
import type {EventDetail} from '../../store/store.js';
import {cutToWidth, textWidth} from '../../text/cells.js';
import {bytesLabel, dateTimeLabel, durationLabel, exactCountLabel} from '../../text/labels.js';
import {baseName, plainPath, shortLogName} from '../../text/paths.js';
import type {Row, Tone} from '../../text/span.js';
import {wrapRow} from '../../text/wrap-row.js';
import {imageRows} from './images.js';
import {jsonRows} from './json.js';
import {markdownRows} from './markdown.js';
import {markMatches} from './match.js';
import {below, factRows, headerRows, type Page, textRows} from './page.js';
import {tokenUsageRows} from './token-usage.js';
import {toolCallRows, toolTitles, userCommandRows} from './tool-call.js';

export type DetailOptions = {
	/** Cells of a row, at least 20. */
	width: number;
	/** Rows after which the rest is only counted; 20,000 unless told. */
	maxRows?: number;
	/** Zone for times; that of the process unless told. */
	timeZone?: string;
	/** What it finds is marked. */
	match?: WordMatcher;
};

type DetailEvent = EventDetail['event'];

/** What one kind of event shows: its title, then facts beside it, then rows below. */
type Drawing = {title: string; tone: Tone; facts?: ReadonlyArray<string | null>; body: (page: Page) => Row[]};

const nothing = (): Row[] => [];

const note = (text: string) => (page: Page) => textRows(text, page, 'dim');

const roleTones = new Map<string, Tone>([
	['assistant', 'assistant'],
	['user', 'user'],
]);

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const drawMessage = (event: LogEvent & {kind: 'message'}): Drawing => {
	const withImages = (draw: (page: Page) => Row[]) => (page: Page) => {
		const rows = event.text === '' && event.images.length > 0 ? [] : draw(page);
		return [...rows, ...imageRows(event.images, below(page, rows))];
	};

	return event.context === null
		? {
				title: capitalised(event.role),
				tone: roleTones.get(event.role) ?? 'heading',
				facts: [event.phase?.replaceAll('_', ' ') ?? null],
				body: withImages(page => markdownRows(event.text, page)),
			}
		: {
				title: 'Context',
				tone: 'dim',
				facts: [event.context, event.role],
				body: withImages(page => textRows(event.text, page, 'dim')),
			};
};

const drawReasoning = (event: LogEvent & {kind: 'reasoning'}): Drawing => ({
	title: 'Reasoning',
	tone: 'reasoning',
	body:
		event.text.trim() === ''
			? note(event.encrypted ? 'Stored encrypted: the log holds no readable text.' : 'The log holds no text.')
			: page => markdownRows(event.text, page),
});

/** Draws every kind of event; the compiler names what a new kind still needs. */
const drawingOf = (event: DetailEvent): Drawing => {
	switch (event.kind) {
		case 'message': {
			return drawMessage(event);
		}

		case 'reasoning': {
			return drawReasoning(event);
		}

		case 'tool-call': {
			return {
				title: toolTitles[event.tool],
				tone: 'tool',
				facts: [event.name],
				body: page => toolCallRows(event, page),
			};
		}

		case 'user-command': {
			return {title: 'Command of the user', tone: 'user', body: page => userCommandRows(event, page)};
		}

		case 'token-usage': {
			return {title: 'Token usage', tone: 'heading', body: page => tokenUsageRows(event, page)};
		}

		case 'turn-context': {
			const facts = [
				['folder', event.cwd && plainPath(event.cwd)],
				['model', event.model],
				['effort', event.effort],
				['approval', event.approvalPolicy],
				['sandbox', event.sandbox],
			] as const;
			return {title: 'Turn context', tone: 'heading', body: page => factRows(facts, page)};
		}

		case 'session-meta': {
			const facts = [
				['session', event.id],
				['release', event.cliVersion],
				['started by', event.originator],
				['folder', event.cwd && plainPath(event.cwd)],
			] as const;
			const {instructions} = event;
			return {
				title: 'Session',
				tone: 'heading',
				body(page) {
					const rows = factRows(facts, page);
					return instructions === null || instructions === ''
						? rows
						: [
								...rows,
								[],
								[{text: 'Instructions', tone: 'dim', bold: true}],
								...textRows(instructions, below(page, rows), 'dim'),
							];
				},
			};
		}

		case 'turn-start': {
			return {title: 'Turn started', tone: 'heading', facts: [event.turnId], body: nothing};
		}

		case 'turn-end': {
			return {
				title: event.error === null ? 'Turn ended' : 'Turn failed',
				tone: event.error === null ? 'heading' : 'error',
				facts: [durationLabel(event.durationMs), event.turnId],
				body: page => (event.error === null ? [] : textRows(event.error, page, 'error')),
			};
		}

		case 'turn-aborted': {
			return {title: 'Turn aborted', tone: 'warning', facts: [event.reason, event.turnId], body: nothing};
		}

		case 'plan': {
			return {title: 'Plan', tone: 'heading', body: page => markdownRows(event.text, page)};
		}

		case 'compaction': {
			return {
				title: 'Compaction',
				tone: 'heading',
				body:
					event.text.trim() === ''
						? note('The log holds no summary of what was compacted.')
						: page => markdownRows(event.text, page),
			};
		}

		case 'review': {
			return {
				title: event.entered ? 'Review started' : 'Review ended',
				tone: 'heading',
				body: page => markdownRows(event.text, page),
			};
		}

		case 'rollback': {
			const turns = event.turns === 1 ? 'turn was' : 'turns were';
			return {
				title: 'Rollback',
				tone: 'warning',
				body: note(`The last ${exactCountLabel(event.turns)} ${turns} taken back.`),
			};
		}

		case 'name': {
			return {
				title: 'Name',
				tone: 'heading',
				body: event.name === null ? note('The name was removed.') : page => textRows(event.name ?? '', page),
			};
		}

		case 'notice': {
			const tone = event.level === 'info' ? 'normal' : event.level;
			return {title: capitalised(event.level), tone, body: page => textRows(event.text, page, tone)};
		}

		case 'snapshot': {
			return {title: 'Snapshot', tone: 'heading', body: page => jsonRows(event.text, page)};
		}

		case 'unknown': {
			return {
				title: 'Unknown line',
				tone: 'warning',
				facts: [event.type],
				body: page => [
					...textRows('This release does not know lines of this kind; this is the line as it is.', page, 'dim'),
					[],
					...jsonRows(event.raw, page),
				],
			};
		}

		case 'problem': {
			return drawProblem(event);
		}
	}
};

const drawProblem = ({problem, excerpt}: DetailEvent & {kind: 'problem'}): Drawing => {
	const facts = [
		['file', plainPath(problem.path)],
		['line', exactCountLabel(problem.line)],
		['offset', `byte ${exactCountLabel(problem.offset)}`],
		['length', `${exactCountLabel(problem.length)} bytes`],
	] as const;
	return {
		title: 'Unreadable line',
		tone: 'error',
		facts: [problem.reason],
		body(page) {
			const rows = factRows(facts, page);
			return excerpt === '' ? rows : [...rows, [], ...textRows(excerpt, below(page, rows), 'code')];
		},
	};
};

const mostLinesNamed = 12;

/** `rollout.jsonl lines 12, 14`, on two rows where one is too short. */
const provenance = ({path, lines}: EventDetail, width: number): Row[] => {
	const named = lines.slice(0, mostLinesNamed).join(', ');
	const more = lines.length > mostLinesNamed ? `, … (${exactCountLabel(lines.length)} lines)` : '';
	const where = `${lines.length === 1 ? 'line' : 'lines'} ${named}${more}`;
	const name = baseName(path);
	const room = width - textWidth(where) - 1;
	const short = shortLogName(name, room);
	return textWidth(short) <= room
		? [[{text: `${short} ${where}`, tone: 'dim'}]]
		: [
				[{text: cutToWidth(shortLogName(name, width), width), tone: 'dim'}],
				...wrapRow([{text: where, tone: 'dim'}], width),
			];
};

const cutNote = ({cut}: EventDetail, width: number): Row[] =>
	cut === undefined
		? []
		: wrapRow(
				[
					{
						text: `This is the beginning: line ${cut.line} has ${bytesLabel(cut.bytes)}, which codex-tui raw --line ${cut.line} prints.`,
						tone: 'warning',
					},
				],
				width,
			);

/**
One event in full, as rows ready to draw: every row takes at most `width` cells and holds nothing that a
terminal would obey, whatever the log holds. Pure: the same event and options give the same rows.
*/
export const detailRows = (detail: EventDetail, options: DetailOptions): Row[] => {
	const page: Page = {width: Math.max(20, options.width), maxRows: options.maxRows ?? 20_000};
	const {event} = detail;
	const drawing = drawingOf(event);
	const time = event.kind === 'problem' ? '' : dateTimeLabel(event.at, options.timeZone);
	const body = drawing.body(page);
	const rows = [
		...headerRows(drawing.title, drawing.tone, [...(drawing.facts ?? []), time], page),
		...(body.length > 0 ? [[], ...body] : []),
		[],
		...cutNote(detail, page.width),
		...provenance(detail, page.width),
	];
	return options.match === undefined ? rows : markMatches(rows, options.match);
};
