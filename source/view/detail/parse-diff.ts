import type {FileChange} from '../../model/log-event.js';

export type DiffLine = {
	/** `note`: git's own remarks, such as a missing newline at the end. */
	kind: 'context' | 'added' | 'removed' | 'note';
	text: string;
	/** Line in the new file, in the old one for removed lines; null where the diff has no numbers. */
	line: number | null;
};

export type Hunk = {
	/** What follows `@@`: a function or class; empty when nothing does. */
	title: string;
	lines: DiffLine[];
};

export type FileDiff = {
	path: string;
	movedTo: string | null;
	change: FileChange['change'];
	/** Remarks about the whole file: modes, binary contents. */
	notes: string[];
	hunks: Hunk[];
};

/** Output of a command, split into diffs of files and everything around them. */
export type DiffSegment = {kind: 'text'; text: string} | {kind: 'file'; file: FileDiff};

const numberedHunk = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/;
const gitHeader = /^diff --git (?:"?a\/(.*?)"?) (?:"?b\/(.*?)"?)$/;
const gitRemark =
	/^(?:index |old mode|new mode|new file mode|deleted file mode|similarity index|dissimilarity index|rename |copy |Binary files )/;

export const lineKinds = new Map<string, DiffLine['kind']>([
	[' ', 'context'],
	['+', 'added'],
	['-', 'removed'],
	['\\', 'note'],
]);

/** Walks lines; readers take what is theirs and leave the rest. */
export type Cursor = {lines: readonly string[]; at: number};

export const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

export const peek = (cursor: Cursor, ahead = 0): string => withoutReturn(cursor.lines[cursor.at + ahead] ?? '');

/** Reads as many lines as the hunk's header counts, so that text behind a diff is never taken for a part of it. */
export const readNumberedHunk = (cursor: Cursor): Hunk | undefined => {
	const match = numberedHunk.exec(peek(cursor));
	if (!match) {
		return;
	}

	cursor.at++;
	let oldLine = Number(match[1]);
	let newLine = Number(match[3]);
	let oldLeft = Number(match[2] ?? 1);
	let newLeft = Number(match[4] ?? 1);
	const lines: DiffLine[] = [];
	while (cursor.at < cursor.lines.length) {
		const line = peek(cursor);
		const kind = line === '' ? 'context' : lineKinds.get(line[0] ?? '');
		const fits =
			kind === 'note' ||
			(kind === 'context' && oldLeft > 0 && newLeft > 0) ||
			(kind === 'added' && newLeft > 0) ||
			(kind === 'removed' && oldLeft > 0);
		if (!kind || !fits) {
			break;
		}

		lines.push({kind, text: line.slice(1), line: kind === 'note' ? null : kind === 'removed' ? oldLine : newLine});
		if (kind === 'context' || kind === 'removed') {
			oldLine++;
			oldLeft--;
		}

		if (kind === 'context' || kind === 'added') {
			newLine++;
			newLeft--;
		}

		cursor.at++;
	}

	return {title: match[5] ?? '', lines};
};

const readNumberedHunks = (cursor: Cursor): Hunk[] => {
	const hunks: Hunk[] = [];
	for (let hunk = readNumberedHunk(cursor); hunk; hunk = readNumberedHunk(cursor)) {
		hunks.push(hunk);
	}

	return hunks;
};

/** A path of a `---` or `+++` line: without its prefix and the time some tools add. */
const headerPath = (line: string): string =>
	line
		.slice(4)
		.replace(/\t.*$/, '')
		.replace(/^"(.*)"$/, '$1')
		.replace(/^[abciwo]\//, '');

const startsPair = (cursor: Cursor): boolean =>
	peek(cursor).startsWith('--- ') && peek(cursor, 1).startsWith('+++ ') && numberedHunk.test(peek(cursor, 2));

const readFile = (cursor: Cursor): FileDiff | undefined => {
	const git = gitHeader.exec(peek(cursor));
	if (!git && !startsPair(cursor)) {
		return;
	}

	const file: FileDiff = {path: git?.[2] ?? '', movedTo: null, change: 'update', notes: [], hunks: []};
	if (git) {
		cursor.at++;
		for (let line = peek(cursor); gitRemark.test(line); line = peek(cursor)) {
			if (line.startsWith('new file')) {
				file.change = 'add';
			} else if (line.startsWith('deleted file')) {
				file.change = 'delete';
			} else if (line.startsWith('rename to ')) {
				file.change = 'move';
				file.path = git[1] ?? '';
				file.movedTo = line.slice('rename to '.length);
			} else if (/^(?:Binary|old mode|new mode)/.test(line)) {
				file.notes.push(line);
			}

			cursor.at++;
		}
	}

	if (startsPair(cursor)) {
		const from = headerPath(peek(cursor));
		const to = headerPath(peek(cursor, 1));
		if (!git) {
			file.change = from === '/dev/null' ? 'add' : to === '/dev/null' ? 'delete' : 'update';
			file.path = to === '/dev/null' ? from : to;
		}

		cursor.at += 2;
		file.hunks = readNumberedHunks(cursor);
	}

	return file;
};

/** Finds the diffs in what a command printed, by their structure alone: a line that begins with + is no diff. */
export const splitDiffs = (text: string): DiffSegment[] => {
	if (!/^(?:diff --git |@@ -)/m.test(text)) {
		return [{kind: 'text', text}];
	}

	const cursor: Cursor = {lines: text.split('\n'), at: 0};
	const segments: DiffSegment[] = [];
	let textStart = 0;
	const flush = (end: number) => {
		if (end > textStart) {
			segments.push({kind: 'text', text: cursor.lines.slice(textStart, end).join('\n')});
		}
	};

	while (cursor.at < cursor.lines.length) {
		const start = cursor.at;
		const file = readFile(cursor);
		if (file) {
			flush(start);
			segments.push({kind: 'file', file});
			textStart = cursor.at;
		} else {
			cursor.at++;
		}
	}

	flush(cursor.lines.length);
	return segments;
};
