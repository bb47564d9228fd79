import {UserError} from './problem.js';

/** What became of what a prompt asked for, as a person judges it. */
export const dispositions = ['followed', 'ignored', 'needs-review'] as const;
export type Disposition = (typeof dispositions)[number];

/** What people added to a session as a whole. */
export type SessionAnnotations = {
	/** In the order of the alphabet. */
	tags: readonly string[];
	note: string | null;
};

export type PromptAnnotations = {note: string | null; disposition: Disposition | null};

export type EventAnnotations = {note: string | null; isBookmarked: boolean};

export const noSessionAnnotations: SessionAnnotations = {tags: [], note: null};

const longestTag = 40;

/** What two spellings of a tag, or of the name of a view, have in common. */
export const foldedName = (name: string): string => name.normalize('NFC').toLowerCase();

/** A name for a tag, or a sentence that says what is wrong with it. */
export const tagName = (text: string): string => {
	const name = text.normalize('NFC');
	if (!/^[\p{L}\p{M}\p{N}\-_./]+$/u.test(name)) {
		throw new UserError(`"${text}" is no tag. Use letters, digits and - _ . / only, without blanks.`);
	}

	if ([...name].length > longestTag) {
		throw new UserError(`The tag "${text}" is too long. Use ${longestTag} characters at most.`);
	}

	return name;
};

/** Most characters of a note. */
export const longestNote = 2000;

/** A note on one line; null for one that says nothing, and a sentence for one that is too long. */
export const noteText = (text: string): string | null => {
	const line = text.replaceAll(/\s+/g, ' ').trim();
	if (line.length > longestNote) {
		throw new UserError(`The note has ${line.length} characters. Use ${longestNote} at most.`);
	}

	return line === '' ? null : line;
};

const longestViewName = 60;

/** A name for a view, or a sentence that says what is wrong with it. */
export const viewName = (text: string): string => {
	const name = text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
	if (name === '' || name.length > longestViewName) {
		throw new UserError(`A view needs a name of 1 to ${longestViewName} characters.`);
	}

	return name;
};

/** Tags to add and to take away, in the words of a person: `+bug`, `-old`. */
export type TagChange = {add: readonly string[]; remove: readonly string[]};

/** What makes one set of tags of another; case aside. */
export const tagChange = (from: readonly string[], to: readonly string[]): TagChange => {
	const [before, after] = [from, to].map(tags => new Set(tags.map(foldedName)));
	return {
		add: to.filter(tag => !before?.has(foldedName(tag))),
		remove: from.filter(tag => !after?.has(foldedName(tag))),
	};
};
