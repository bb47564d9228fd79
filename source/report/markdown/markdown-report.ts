import {costLabel} from '../../text/amounts.js';
import {dateTimeLabel, exactCountLabel, summaryLine} from '../../text/labels.js';
import type {UsageReport} from '../../usage/group.js';
import {closingSections} from '../closing-sections.js';
import type {ReportHead, ReportPart, ReportPrompt, ReportSession} from '../report-part.js';
import type {ReportRequest} from '../request.js';
import {headFacts, sessionFacts} from '../session-facts.js';
import {escapeInline, linkText, table} from './escape.js';
import {eventMarkdown} from './events.js';
import {promptMarkdown} from './prompts.js';

/** A report as Markdown of the sort that forges show. */
export async function* markdownReport(parts: AsyncIterable<ReportPart>): AsyncGenerator<string> {
	let request: ReportRequest | undefined;
	for await (const part of parts) {
		switch (part.type) {
			case 'head':
				request = part.head.request;
				yield headMarkdown(part.head);
				break;
			case 'session':
				yield sessionMarkdown(part.session, request as ReportRequest);
				break;
			case 'prelude': {
				let isFirst = true;
				for await (const event of part.events) {
					yield `${isFirst ? '### Before the first prompt\n\n' : ''}${eventMarkdown(event, request as ReportRequest)}\n`;
					isFirst = false;
				}

				break;
			}

			case 'prompt':
				yield request?.mode === 'usage'
					? usageRow(part.prompt, request)
					: promptMarkdown(part.prompt, request as ReportRequest);
				for (const event of part.prompt.events) {
					yield `${eventMarkdown(event, request as ReportRequest)}\n`;
				}

				break;
			case 'session-end':
				yield request?.mode === 'usage' ? '\n' : '';
				break;
			case 'closing':
				yield `## <a id="about"></a>About this report\n\n`;
				for (const {title, facts, table: rows, words} of closingSections(part.closing)) {
					const texts = [
						factList(facts),
						rows === undefined ? '' : table(rows.columns, rows.rows),
						...words.map(escapeInline),
					];
					yield `### ${title}\n\n${texts.filter(Boolean).join('\n\n')}\n\n`;
				}
		}
	}
}

const factList = (facts: readonly (readonly [string, string])[]): string =>
	facts.map(([name, value]) => `- **${name}:** ${escapeInline(value)}`).join('\n');

const headMarkdown = (head: ReportHead): string => {
	const contents = head.sessions.map(({anchor, session}) => {
		const began = dateTimeLabel(session.startedAt, head.request.timeZone).slice(0, 16);
		return `- [${linkText(titleOf(session.title))}](#${anchor})${began === '' ? '' : ` · ${began}`}`;
	});
	const sections = [
		`# ${escapeInline(head.title)}`,
		factList(headFacts(head)),
		...(contents.length > 1 ? [`## Contents\n\n${[...contents, '- [About this report](#about)'].join('\n')}`] : []),
		...(head.usage === null || (head.sessions.length === 1 && head.request.mode !== 'usage')
			? []
			: [
					'## Tokens and costs',
					usageTable('Model', head.usage.byModel),
					usageTable('Day', head.usage.byDay),
					...(head.sessions.length === 1 ? [] : [usageTable('Repository', head.usage.byRepository)]),
				]),
	];
	return `${sections.filter(Boolean).join('\n\n')}\n\n`;
};

const usageTable = (heading: string, {rows}: UsageReport): string =>
	rows.length === 0
		? ''
		: table(
				[heading, 'Input', 'Cached', 'Output', 'Total', 'Cost'],
				rows.map(({key, usage, ...sum}) => [
					key ?? '(unknown)',
					exactCountLabel(usage.inputTokens),
					exactCountLabel(usage.cachedInputTokens),
					exactCountLabel(usage.outputTokens),
					exactCountLabel(usage.totalTokens),
					costLabel(sum),
				]),
			);

const titleOf = (title: string | null): string => summaryLine(title ?? '', 100) || 'Session without a title';

const sessionMarkdown = (session: ReportSession, request: ReportRequest): string => {
	const {anchor, contents} = session;
	const list = contents.map(({anchor: to, index, title}) => `- [${index}: ${linkText(title)}](#${to})`);
	const sections = [
		`## <a id="${anchor}"></a>${escapeInline(titleOf(session.session.title))}`,
		factList(sessionFacts(session, request)),
		...(list.length > 1 && request.mode !== 'usage' ? [list.join('\n')] : []),
		...(request.mode === 'usage' && contents.length > 0
			? ['| Prompt | Put at | Tokens | Cost |\n| --- | --- | --- | --- |']
			: []),
	];
	return `${sections.filter(Boolean).join('\n\n')}\n${request.mode === 'usage' && contents.length > 0 ? '' : '\n'}`;
};

const usageRow = ({index, title, startedAt, sum}: ReportPrompt, request: ReportRequest): string => {
	const cells = [
		`${index}: ${title}`,
		dateTimeLabel(startedAt, request.timeZone),
		exactCountLabel(sum.usage.totalTokens),
		costLabel(sum),
	];
	return `| ${cells.map(cell => escapeInline(cell) || ' ').join(' | ')} |\n`;
};
