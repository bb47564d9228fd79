import type {EventId, PromptId} from '../model/session.js';
import {plainText} from '../text/sanitize.js';
import {editLine, type Line, type LineEdit, lineText} from './line-editor.js';

/** What a line is typed for. */
export type EntryTarget =
	/** `shared` are the tags that all of the sessions have: those typed take their place. */
	| {what: 'tags'; threadIds: readonly string[]; shared: readonly string[]}
	| {what: 'session-note'; threadId: string}
	| {what: 'prompt-note'; id: PromptId}
	| {what: 'event-note'; id: EventId}
	/** Why something is decided; what stands for a value instead of its placeholder. */
	| {what: 'reason'}
	| {what: 'replacement'}
	/** The name of a view: a query to come back to. */
	| {what: 'view'; query: string}
	/** How many characters of each output a report tells; the file that it goes to. */
	| {what: 'report-cap'}
	| {what: 'report-file'};

/** One line at the bottom of the screen, typed for something. */
export type Entry = {
	kind: 'entry';
	target: EntryTarget;
	line: Line;
	/** Why the line could not be taken; gone with the next edit. */
	complaint: string | undefined;
};

/** A note may hold anything: what is typed on is free of control sequences. */
export const openEntry = (target: EntryTarget, text: string): Entry => ({
	kind: 'entry',
	target,
	line: {before: plainText(text).replaceAll('\n', ' '), after: ''},
	complaint: undefined,
});

export type EntryAction =
	| {type: 'edit-entry'; edit: LineEdit}
	| {type: 'replace-entry'; line: Line}
	| {type: 'complain'; complaint: string};

export const reduceEntry = (entry: Entry, action: EntryAction): Entry => {
	switch (action.type) {
		case 'edit-entry':
			return {...entry, line: editLine(entry.line, action.edit), complaint: undefined};
		case 'replace-entry':
			return {...entry, line: action.line, complaint: undefined};
		case 'complain':
			return {...entry, complaint: action.complaint};
	}
};

/** Tags as they are typed: blanks or commas between them, a leading `#` for show. */
export const typedTags = (text: string): string[] =>
	text
		.split(/[\s,]+/)
		.map(word => word.replace(/^#/, ''))
		.filter(Boolean);

/** Known tags that the word before the caret may become, the most frequent first; those that stand there already left out. */
export const tagCompletions = ({target, line}: Entry, known: readonly string[]): string[] => {
	if (target.what !== 'tags' || /^\S/.test(line.after)) {
		return [];
	}

	const word = lastWord(line.before).toLowerCase();
	const there = new Set(typedTags(lineText(line)).map(tag => tag.toLowerCase()));
	return known.filter(tag => {
		const folded = tag.toLowerCase();
		return folded.startsWith(word) && !there.has(folded);
	});
};

const lastWord = (text: string): string => /[^\s,#]*$/.exec(text)?.[0] ?? '';

/** The line with the word before the caret completed. */
export const completedLine = ({before, after}: Line, tag: string): Line => ({
	before: `${before.slice(0, before.length - lastWord(before).length)}${tag} `,
	after,
});
