import type {FileChange} from '../../model/log-event.js';
import {
	type Cursor,
	type FileDiff,
	type Hunk,
	lineKinds,
	peek,
	readNumberedHunk,
	splitDiffs,
	withoutReturn,
} from './parse-diff.js';

const changeWords = new Map<string, FileChange['change']>([
	['Add', 'add'],
	['Update', 'update'],
	['Delete', 'delete'],
]);

/** A patch between `*** Begin Patch` and `*** End Patch`; undefined when the text holds none. */
export const parsePatch = (text: string): FileDiff[] | undefined => {
	const start = /^\*\*\* Begin Patch\s*$/m.exec(text);
	if (!start) {
		return;
	}

	const cursor: Cursor = {lines: text.slice(start.index).replace(/\n$/, '').split('\n'), at: 1};
	const files: FileDiff[] = [];
	while (cursor.at < cursor.lines.length && !peek(cursor).startsWith('*** End Patch')) {
		const header = /^\*\*\* (Add|Update|Delete) File: (.*)$/.exec(peek(cursor));
		cursor.at++;
		if (!header) {
			continue;
		}

		const movedTo = /^\*\*\* Move to: (.*)$/.exec(peek(cursor))?.[1] ?? null;
		if (movedTo !== null) {
			cursor.at++;
		}

		files.push({
			path: header[2] ?? '',
			movedTo,
			change: movedTo === null ? (changeWords.get(header[1] ?? '') ?? 'update') : 'move',
			notes: [],
			hunks: readPatchHunks(cursor),
		});
	}

	return files;
};

/** The change of one file as a log holds it: a diff with or without headers, a patch body, or the whole content. */
export const parseChange = (change: FileChange): FileDiff => {
	const file: FileDiff = {path: change.path, movedTo: change.movedTo, change: change.change, notes: [], hunks: []};
	const body = change.diff?.replace(/\n$/, '') ?? '';
	if (body === '') {
		return file;
	}

	const parsed = parsePatch(body)?.[0] ?? splitDiffs(body).find(segment => segment.kind === 'file')?.file;
	if (parsed) {
		return {...file, hunks: parsed.hunks, notes: parsed.notes};
	}

	const lines = body.split('\n');
	const sign = change.change === 'delete' ? '-' : '+';
	const isWhole =
		(change.change === 'add' || change.change === 'delete') &&
		!lines.every(line => line.startsWith(sign) || line.startsWith('@@') || line.startsWith('\\'));
	const kind = sign === '+' ? 'added' : 'removed';
	file.hunks = isWhole
		? [{title: '', lines: lines.map((text, index) => ({kind, text: withoutReturn(text), line: index + 1}))}]
		: readPatchHunks({lines, at: 0});
	return file;
};

const isFileMarker = (line: string): boolean => /^\*\*\* (?:Add|Update|Delete) File: |^\*\*\* End Patch/.test(line);

/** Hunks without line numbers, as in the body of a patch: `@@` or `@@ class Cart` and signed lines. */
const readPatchHunks = (cursor: Cursor): Hunk[] => {
	const hunks: Hunk[] = [];
	while (cursor.at < cursor.lines.length && !isFileMarker(peek(cursor))) {
		const numbered = readNumberedHunk(cursor);
		if (numbered) {
			hunks.push(numbered);
			continue;
		}

		const line = peek(cursor);
		cursor.at++;
		if (line.startsWith('@@')) {
			hunks.push({title: line.replace(/^@@ ?/, ''), lines: []});
			continue;
		}

		const kind = line === '' ? 'context' : (lineKinds.get(line[0] ?? '') ?? 'note');
		if (hunks.length === 0) {
			hunks.push({title: '', lines: []});
		}

		hunks.at(-1)?.lines.push({kind, text: kind === 'note' ? line : line.slice(1), line: null});
	}

	return hunks;
};
