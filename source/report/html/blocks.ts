import type {PlanStep} from '../../model/log-event.js';
import {plainText} from '../../text/sanitize.js';
import type {Block} from '../event-view.js';
import {type ProseBlock, type ProseSpan, proseBlocks} from '../prose.js';
import {html, htmlLine} from './escape.js';

/** Blocks of an event, one element each. */
export const blocksHtml = (blocks: readonly Block[]): string => blocks.map(blockHtml).join('\n');

const blockHtml = (block: Block): string => {
	switch (block.type) {
		case 'prose':
			return `<div class="said">${proseHtml(block.text)}</div>`;
		case 'code':
			return block.language === 'diff' ? diffHtml(block.text) : codeHtml(block.text);
		case 'steps':
			return `<ul class="steps">${block.steps.map(stepHtml).join('')}</ul>`;
		case 'words':
			return `<p>${htmlLine(block.text)}</p>`;
	}
};

/** The first line end in a `pre` is not shown. */
const codeHtml = (text: string): string =>
	`<pre tabindex="0">\n<code>${html(plainText(text).replace(/\n+$/, ''))}</code></pre>`;

const diffHtml = (text: string): string => {
	const lines = html(plainText(text).replace(/\n+$/, '')).split('\n');
	const coloured = lines.map(line =>
		/^\+(?!\+\+ )/.test(line)
			? `<span class="add">${line}</span>`
			: /^-(?!-- )/.test(line)
				? `<span class="del">${line}</span>`
				: line,
	);
	return `<pre tabindex="0">\n<code>${coloured.join('\n')}</code></pre>`;
};

const stepHtml = ({step, status}: PlanStep): string => {
	const [mark, words] =
		status === 'completed' ? ['☑', 'done'] : status === 'in_progress' ? ['◐', 'under way'] : ['☐', 'to come'];
	return `<li><span role="img" aria-label="${words}">${mark}</span> ${htmlLine(step)}</li>`;
};

/** What somebody wrote, line by line. */
export const proseHtml = (text: string): string => {
	let result = '';
	let lines: string[] = [];
	let items: string[] = [];
	const flush = (): void => {
		result += lines.length === 0 ? '' : `<p>${lines.join('<br>')}</p>`;
		result += items.length === 0 ? '' : `<ul class="list">${items.join('')}</ul>`;
		[lines, items] = [[], []];
	};

	for (const block of proseBlocks(text)) {
		if (block.type === 'item') {
			const item = itemHtml(block);
			if (lines.length > 0) {
				flush();
			}

			items.push(item);
		} else if (block.type === 'line') {
			if (items.length > 0) {
				flush();
			}

			lines.push(spansHtml(block.spans));
		} else {
			flush();
			result +=
				block.type === 'code'
					? codeHtml(block.text)
					: block.type === 'heading'
						? `<p><strong>${spansHtml(block.spans.map(span => (span.type === 'strong' ? {...span, type: 'text'} : span)))}</strong></p>`
						: '';
		}
	}

	flush();
	return result;
};

const itemHtml = ({mark, depth, spans}: Extract<ProseBlock, {type: 'item'}>): string =>
	`<li${mark === '-' ? '' : ' class="numbered"'}>${'\u2003'.repeat(depth)}${mark === '-' ? '' : `${mark}. `}${spansHtml(spans)}</li>`;

const spansHtml = (spans: readonly ProseSpan[]): string => spans.map(spanHtml).join('');

const spanHtml = ({type, text}: ProseSpan): string => {
	switch (type) {
		case 'code':
			return `<code>${htmlLine(text)}</code>`;
		case 'strong':
			return `<strong>${htmlLine(text)}</strong>`;
		case 'text':
			return htmlLine(text);
	}
};
