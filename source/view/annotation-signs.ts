import type {Disposition, EventAnnotations, PromptAnnotations, SessionAnnotations} from '../model/annotation.js';
import {cutToWidth, textWidth} from '../text/cells.js';
import type {Span} from '../text/span.js';
import {oneLine} from './spans.js';

const noteSign: Span = {text: '✎ ', tone: 'accent'};
const bookmarkSign: Span = {text: '★ ', tone: 'warning', bold: true};

const dispositionSigns: Record<Disposition, Span> = {
	followed: {text: '✓ ', tone: 'success', bold: true},
	ignored: {text: '✗ ', tone: 'dim', bold: true},
	'needs-review': {text: '? ', tone: 'warning', bold: true},
};

const dispositionWords: Record<Disposition, string> = {
	followed: '✓ followed',
	ignored: '✗ ignored',
	'needs-review': '? needs review',
};

const signOfNote = (note: string | null | undefined): Span[] => (note ? [noteSign] : []);

/** What stands before a session's title; its tags have a place of their own. */
export const sessionSigns = (added: SessionAnnotations | undefined, isMarked: boolean): Span[] => [
	...(isMarked ? [{text: '● ', tone: 'match', bold: true} as const] : []),
	...signOfNote(added?.note),
];

/** What stands before a prompt. */
export const promptSigns = (added: PromptAnnotations | undefined): Span[] => [
	...(added?.disposition ? [dispositionSigns[added.disposition]] : []),
	...signOfNote(added?.note),
];

/** What stands before an event. */
export const eventSigns = (added: EventAnnotations | undefined): Span[] => [
	...(added?.isBookmarked ? [bookmarkSign] : []),
	...signOfNote(added?.note),
];

/** Tags as they are read: `#bug #area/upload`. */
export const tagWords = (tags: readonly string[]): string => tags.map(tag => `#${oneLine(tag)}`).join(' ');

/** As many tags as fit, and how many there are besides: `#bug +2`. */
export const fittingTags = (tags: readonly string[], width: number): string => {
	for (let count = tags.length; count > 0; count--) {
		const text = tagWords(tags.slice(0, count)) + (count < tags.length ? ` +${tags.length - count}` : '');
		if (textWidth(text) <= width || count === 1) {
			return cutToWidth(text, width);
		}
	}

	return '';
};

const words = (...parts: (string | null | undefined)[]): string => parts.filter(Boolean).join('  ');

const noteWords = (note: string | null | undefined): string => (note ? `✎ ${oneLine(note, 2000)}` : '');

/** What was added, in words, for where there is room for it. */
export const sessionWords = (added: SessionAnnotations): string => words(tagWords(added.tags), noteWords(added.note));

export const promptWords = (added: PromptAnnotations | undefined): string =>
	words(added?.disposition && dispositionWords[added.disposition], noteWords(added?.note));

export const eventWords = (added: EventAnnotations | undefined): string =>
	words(added?.isBookmarked ? '★ bookmarked' : '', noteWords(added?.note));
