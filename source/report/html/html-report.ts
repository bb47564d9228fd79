import {costLabel} from '../../text/amounts.js';
import {dateTimeLabel, exactCountLabel, summaryLine} from '../../text/labels.js';
import type {UsageReport} from '../../usage/group.js';
import {closingSections} from '../closing-sections.js';
import {toolName} from '../event-view.js';
import type {ReportClosing, ReportHead, ReportPart, ReportPrompt, ReportSession} from '../report-part.js';
import type {ReportRequest} from '../request.js';
import {headFacts, promptFacts, sessionFacts} from '../session-facts.js';
import {proseHtml} from './blocks.js';
import {type Bar, barChart, timeChart} from './charts.js';
import {html, htmlLine} from './escape.js';
import {eventHtml, noteHtml} from './events.js';
import {pageEnd, pageStart} from './page.js';
import {factsHtml, tableHtml, usageHtml} from './tables.js';

/** A report as one page that needs nothing else: no network, and no script to be read. */
export async function* htmlReport(parts: AsyncIterable<ReportPart>): AsyncGenerator<string> {
	let request: ReportRequest | undefined;
	for await (const part of parts) {
		switch (part.type) {
			case 'head':
				request = part.head.request;
				yield pageStart(part.head.title) + headHtml(part.head);
				break;
			case 'session':
				yield sessionHtml(part.session, request as ReportRequest);
				break;
			case 'prelude': {
				let isOpen = false;
				for await (const event of part.events) {
					yield `${isOpen ? '' : '<div data-item><h3>Before the first prompt</h3>\n'}${eventHtml(event, request as ReportRequest)}`;
					isOpen = true;
				}

				yield isOpen ? '</div>\n' : '';
				break;
			}

			case 'prompt':
				yield promptHtml(part.prompt, request as ReportRequest);
				for (const event of part.prompt.events) {
					yield eventHtml(event, request as ReportRequest);
				}

				yield '</article>\n';
				break;
			case 'session-end':
				yield '</section>\n';
				break;
			case 'closing':
				yield `</main>\n${closingHtml(part.closing)}${pageEnd}`;
		}
	}
}

const titleOf = (title: string | null): string => summaryLine(title ?? '', 100) || 'Session without a title';

const headHtml = ({title, sessions, usage, request, ...rest}: ReportHead): string => {
	const links = sessions.map(({anchor, session}) => {
		const began = dateTimeLabel(session.startedAt, request.timeZone).slice(0, 16);
		return `<li><a href="#${anchor}">${htmlLine(titleOf(session.title))}</a>${began === '' ? '' : ` <span class="place">${began}</span>`}</li>\n`;
	});
	const charts =
		usage === null
			? ''
			: timeChart('tokens', 'Tokens by day', 'tokens', usageBars(usage.byDay)) +
				barChart('models', 'Tokens by model', 'tokens', usageBars(usage.byModel)) +
				(request.mode === 'usage' || sessions.length > 1
					? usageHtml('Tokens and costs by model', 'Model', usage.byModel) +
						usageHtml('Tokens and costs by repository', 'Repository', usage.byRepository) +
						(request.mode === 'usage' ? usageHtml('Tokens and costs by day', 'Day', usage.byDay) : '')
					: '');
	return (
		`<header><h1>${htmlLine(title)}</h1>\n${factsHtml(headFacts({title, sessions, usage, request, ...rest}))}</header>\n` +
		`<nav aria-label="Contents"><ul class="contents">\n${links.join('')}<li><a href="#about">About this report</a></li>\n</ul></nav>\n` +
		`<main id="content">\n${charts}`
	);
};

const usageBars = ({rows}: UsageReport): Bar[] =>
	rows.map(({key, usage}) => ({
		label: key ?? '(unknown)',
		value: usage.totalTokens,
		words: exactCountLabel(usage.totalTokens),
	}));

const sessionHtml = (session: ReportSession, request: ReportRequest): string => {
	const {anchor, contents} = session;
	const links = contents.map(
		({anchor: to, index, title}) => `<li><a href="#${to}">${index}: ${htmlLine(title)}</a></li>\n`,
	);
	const list = links.length > 1 ? `<ul class="contents">\n${links.join('')}</ul>\n` : '';
	return (
		`<section aria-labelledby="${anchor}"><h2 id="${anchor}">${htmlLine(titleOf(session.session.title))}</h2>\n` +
		`<details open><summary>About this session</summary>${factsHtml(sessionFacts(session, request))}</details>\n${list}`
	);
};

const promptHtml = (prompt: ReportPrompt, request: ReportRequest): string => {
	const {anchor, index, title, text, images, added, sum} = prompt;
	const head = `<article data-item aria-labelledby="${anchor}"><h3 id="${anchor}">Prompt ${index}: ${htmlLine(title)}</h3>\n`;
	const facts = promptFacts(prompt, request).map(htmlLine).join(' · ');
	if (request.mode === 'usage') {
		const {inputTokens, cachedInputTokens, outputTokens} = sum.usage;
		return (
			head +
			`<p class="facts">${facts}</p>\n` +
			factsHtml([
				['Input', `${exactCountLabel(inputTokens)}, ${exactCountLabel(cachedInputTokens)} of it cached`],
				['Output', exactCountLabel(outputTokens)],
				['Cost', costLabel(sum)],
			])
		);
	}

	return (
		head +
		(facts === '' ? '' : `<p class="facts">${facts}</p>\n`) +
		(added.note === null ? '' : noteHtml(added.note)) +
		`<div class="asked">${proseHtml(text)}</div>\n` +
		(images.length === 0
			? ''
			: `<p class="facts">${images.length} ${images.length === 1 ? 'image' : 'images'} came with it.</p>\n`)
	);
};

const closingHtml = (closing: ReportClosing): string => {
	const tools = closing.totals.byTool.map(([tool, calls]) => ({
		label: toolName(tool),
		value: calls,
		words: exactCountLabel(calls),
	}));
	const sections = closingSections(closing).map(
		({id, title, facts, table, words}) =>
			`<h3 id="${id}">${html(title)}</h3>\n${factsHtml(facts)}` +
			(id === 'totals' ? barChart('tools', 'Tool calls', 'calls', tools) : '') +
			(table === undefined || id === 'totals' ? '' : tableHtml(title, table.columns, table.rows)) +
			words.map(text => `<p>${html(text)}</p>\n`).join(''),
	);
	return `<footer aria-labelledby="about"><h2 id="about">About this report</h2>\n${sections.join('')}</footer>\n`;
};
