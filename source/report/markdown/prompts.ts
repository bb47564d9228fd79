import type {ReportPrompt} from '../report-part.js';
import type {ReportRequest} from '../request.js';
import {type FactualPrompt, promptFacts} from '../session-facts.js';
import {proseMarkdown} from './blocks.js';
import {escapeInline, quoted} from './escape.js';

/** A prompt without its events; `anchor` is absent where nothing refers to it. */
export type ToldPrompt = FactualPrompt &
	Pick<ReportPrompt, 'index' | 'title' | 'text'> & {anchor?: string; images: {readonly length: number}};

/** What a prompt says and is, before its events. */
export const promptMarkdown = (prompt: ToldPrompt, request: ReportRequest): string => {
	const {anchor, index, title, text, images, added} = prompt;
	const facts = promptFacts(prompt, request).map(escapeInline).join(' · ');
	const sections = [
		`### ${anchor === undefined ? '' : `<a id="${anchor}"></a>`}Prompt ${index}: ${escapeInline(title)}`,
		facts === '' ? '' : `*${facts}*`,
		added.note === null ? '' : `**Note:** ${escapeInline(added.note)}`,
		quoted(proseMarkdown(text)),
		images.length === 0 ? '' : `*${images.length} ${images.length === 1 ? 'image' : 'images'} came with it.*`,
	];
	return `${sections.filter(Boolean).join('\n\n')}\n\n`;
};
