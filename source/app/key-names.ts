import type {Key} from 'ink';
import {lazy} from '../text/lazy.js';

const segmenter = lazy(() => new Intl.Segmenter());

/** What a person sees as one character each. Setting up the segmenter takes longer than the first frame should wait. */
const characters = (text: string): string[] =>
	/^[ -~]*$/.test(text) ? text.split('') : Array.from(segmenter().segment(text), ({segment}) => segment);

/** Characters that are keys with a name of their own. */
const namedCharacters: Record<string, string> = {
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	' ': 'space',
	'\u{7F}': 'backspace',
	'\b': 'backspace',
	'\u{3}': 'ctrl-c',
	'\u{4}': 'ctrl-d',
	'\u{15}': 'ctrl-u',
};

const flagged = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'escape'],
	['backspace', 'backspace'],
	['delete', 'delete'],
] as const satisfies readonly (readonly [keyof Key, string])[];

/**
Names of the keys in one report from Ink, in the order they were pressed. One read of the terminal is one
report: held keys and slow lines put several presses into it (`jjj`, `j` and Enter), which count each.
*/
export const keyNames = (input: string, key: Key): string[] => {
	if (key.tab) {
		return [key.shift ? 'shift-tab' : 'tab'];
	}

	for (const [flag, name] of flagged) {
		if (key[flag]) {
			return [name];
		}
	}

	if (key.ctrl) {
		return input === '' ? [] : [`ctrl-${input}`];
	}

	if (key.meta) {
		return input === '' ? [] : [`alt-${input}`];
	}

	return characters(input).flatMap(segment => (segment === '\r\n' ? ['enter'] : [namedCharacters[segment] ?? segment]));
};

/** What a key types into a text field; undefined for keys that type nothing. */
export const typedText = (name: string): string | undefined => {
	if (name === 'space') {
		return ' ';
	}

	const [first, ...rest] = characters(name);
	return first !== undefined && rest.length === 0 ? first : undefined;
};
