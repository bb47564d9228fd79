import type {FileChange} from '../../model/log-event.js';
import {isObject, type Json, text} from '../json.js';

/** Sticky: looking for what every marker begins with is faster than trying each line. */
const marker = /^\*\*\* (?:(Add|Update|Delete) File: (.+?)|Move to: (.+?)|End Patch.*)\r?$/my;
const markerStart = '*** ';
const patchStart = '*** Begin Patch';
const patchEnd = '*** End Patch';

const changeKinds = {Add: 'add', Update: 'update', Delete: 'delete'} as const;

const withoutLastBreak = (text: string): string => (text.endsWith('\n') ? text.slice(0, -1) : text);

/** Files that an `apply_patch` text touches, with each one's part of the patch. Empty when it is none. */
export const changesOfPatch = (patch: string): FileChange[] => {
	const begin = patch.indexOf(patchStart);
	const changes: FileChange[] = [];
	/** Parts of the patch that belong to the last file. */
	let parts: string[] = [];
	let from = 0;
	const closePart = (to: number): void => {
		if (changes.length > 0 && to > from) {
			parts.push(patch.slice(from, to));
		}
	};

	const closeFile = (): void => {
		const last = changes.at(-1);
		if (last !== undefined) {
			last.diff = withoutLastBreak(parts.join(''));
		}

		parts = [];
	};

	for (let at = begin; at !== -1; at = patch.indexOf(markerStart, at + 1)) {
		marker.lastIndex = at;
		const match = marker.exec(patch);
		if (match === null) {
			continue;
		}

		const [whole, kind, path, movedTo] = match;
		closePart(at);
		from = at + whole.length + 1;
		if (path !== undefined) {
			closeFile();
			changes.push({path, change: changeKinds[kind as keyof typeof changeKinds], movedTo: null, diff: null});
		} else if (movedTo !== undefined) {
			const last = changes.at(-1);
			if (last !== undefined) {
				last.change = 'move';
				last.movedTo = movedTo;
			}
		} else {
			from = patch.length;
			break;
		}
	}

	closePart(patch.length);
	closeFile();
	return changes;
};

/** `changes` of `patch_apply_end` and `FileChange`: an object from path to add, delete or update (reference 6.1). */
export const changesOfMap = (changes: Json): FileChange[] =>
	Object.entries(changes).map(([path, value]) => {
		const change = isObject(value) ? value : {};
		const type = text(change, 'type') ?? Object.keys(change)[0] ?? 'update';
		const inner = isObject(change[type]) ? change[type] : change;
		const movedTo = text(inner, 'move_path');
		return {
			path,
			change: type === 'add' ? 'add' : type === 'delete' ? 'delete' : movedTo === null ? 'update' : 'move',
			movedTo,
			diff: text(inner, 'unified_diff') ?? withSign(text(inner, 'content'), type === 'delete' ? '-' : '+'),
		};
	});

const withSign = (content: string | null, sign: string): string | null =>
	content === null ? null : sign + withoutLastBreak(content).replaceAll('\n', `\n${sign}`);

/** The patch that a shell command applies: as an argument of its own, or as a here-document. */
export const patchInside = (command: readonly string[]): string | null => {
	const isNamed = command.some(word => word.includes('patch'));
	if (!isNamed || !/(^|[\s;&|/])(apply_patch|applypatch)\b/.test(command.join(' ').slice(0, 4000))) {
		return null;
	}

	for (const word of command) {
		const begin = word.indexOf(patchStart);
		const end = begin === -1 ? -1 : word.indexOf(patchEnd, begin + patchStart.length);
		if (end !== -1) {
			return word.slice(begin, end + patchEnd.length);
		}
	}

	return null;
};
