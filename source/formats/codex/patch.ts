import type {FileChange} from '../../model/log-event.js';
import {isObject, type Json, text} from '../json.js';

/** Files that an `apply_patch` text touches, with each one's part of the patch. Empty when it is none. */
export const changesOfPatch = (patch: string): FileChange[] => {
	const begin = patch.indexOf('*** Begin Patch');
	if (begin === -1) {
		return [];
	}

	const changes: FileChange[] = [];
	let body: string[] = [];
	const closeFile = (): void => {
		const last = changes.at(-1);
		if (last !== undefined) {
			last.diff = body.join('\n');
		}

		body = [];
	};

	for (const line of patch.slice(begin).split('\n')) {
		const heading = /^\*\*\* (Add|Update|Delete) File: (.+?)\r?$/.exec(line);
		const move = /^\*\*\* Move to: (.+?)\r?$/.exec(line);
		if (heading) {
			closeFile();
			changes.push({
				path: heading[2] ?? '',
				change: heading[1] === 'Add' ? 'add' : heading[1] === 'Delete' ? 'delete' : 'update',
				movedTo: null,
				diff: null,
			});
		} else if (move) {
			const last = changes.at(-1);
			if (last !== undefined) {
				last.change = 'move';
				last.movedTo = move[1] ?? null;
			}
		} else if (/^\*\*\* End Patch/.test(line)) {
			break;
		} else if (changes.length > 0) {
			body.push(line);
		}
	}

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
	content === null
		? null
		: content
				.replace(/\n$/, '')
				.split('\n')
				.map(line => sign + line)
				.join('\n');

const patchInCommand = /\*\*\* Begin Patch[\s\S]*?\*\*\* End Patch/;

/** The patch that a shell command applies: as an argument of its own, or as a here-document. */
export const patchInside = (command: readonly string[]): string | null => {
	if (!/(^|[\s;&|/])(apply_patch|applypatch)\b/.test(command.join(' ').slice(0, 4000))) {
		return null;
	}

	for (const word of command) {
		const patch = patchInCommand.exec(word)?.[0];
		if (patch !== undefined) {
			return patch;
		}
	}

	return null;
};
