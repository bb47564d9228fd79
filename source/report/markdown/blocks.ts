import type {PlanStep} from '../../model/log-event.js';
import type {Block} from '../event-view.js';
import {type ProseSpan, proseBlocks} from '../prose.js';
import {codeSpan, escapeInline, fenced, quoted} from './escape.js';

/** Blocks of an event as Markdown, with blank lines between them. */
export const blocksMarkdown = (blocks: readonly Block[]): string =>
	blocks
		.map(blockMarkdown)
		.filter(text => text !== '')
		.join('\n\n');

const blockMarkdown = (block: Block): string => {
	switch (block.type) {
		case 'prose':
			return quoted(proseMarkdown(block.text));
		case 'code':
			return fenced(block.text, block.language);
		case 'steps':
			return block.steps.map(stepMarkdown).join('\n');
		case 'words':
			return escapeInline(block.text);
	}
};

const stepMarkdown = ({step, status}: PlanStep): string => {
	const underWay = status === 'in_progress' ? ' *(under way)*' : '';
	return `- [${status === 'completed' ? 'x' : ' '}] ${escapeInline(step)}${underWay}`;
};

/** What somebody wrote: code, lists and bold words stay, headings become bold lines, everything else is text. */
export const proseMarkdown = (text: string): string => {
	const lines: string[] = [];
	const blocks = proseBlocks(text);
	for (const [index, block] of blocks.entries()) {
		switch (block.type) {
			case 'blank':
				lines.push('');
				break;
			case 'code':
				lines.push('', fenced(block.text, block.language), '');
				break;
			case 'heading':
				lines.push(
					'',
					`**${spansMarkdown(block.spans.map(span => (span.type === 'strong' ? {...span, type: 'text'} : span)))}**`,
					'',
				);
				break;
			case 'item':
				// A list that begins in the middle of a paragraph is none.
				if (blocks[index - 1]?.type === 'line') {
					lines.push('');
				}

				lines.push(
					`${'  '.repeat(block.depth)}${block.mark === '-' ? '-' : `${block.mark}.`} ${spansMarkdown(block.spans)}`,
				);
				break;
			case 'line': {
				// Line ends that somebody typed stay line ends.
				const isLast = blocks[index + 1]?.type !== 'line';
				lines.push(`${spansMarkdown(block.spans)}${isLast ? '' : '\\'}`);
			}
		}
	}

	return lines
		.join('\n')
		.replaceAll(/\n{3,}/g, '\n\n')
		.trim();
};

const spansMarkdown = (spans: readonly ProseSpan[]): string =>
	spans.map((span, index) => `${endsAddress(spans[index - 1]) ? ' ' : ''}${spanMarkdown(span, index)}`).join('');

/** Some readers take what follows a bare address without a blank for a part of it, also the beginning of code. */
const endsAddress = (span: ProseSpan | undefined): boolean =>
	span?.type === 'text' && /(?::\/\/|www\.|@)\S*$/i.test(span.text);

const spanMarkdown = ({type, text}: ProseSpan, index: number): string => {
	switch (type) {
		case 'code':
			return codeSpan(text);
		case 'strong':
			return `**${escapeInline(text)}**`;
		case 'text':
			return spaced(text, index === 0);
	}
};

/** Escaping trims; blanks between spans stay. */
const spaced = (text: string, isFirst: boolean): string =>
	`${!isFirst && /^\s/.test(text) ? ' ' : ''}${escapeInline(text)}${/\s$/.test(text) ? ' ' : ''}`;
