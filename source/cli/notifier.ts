import type {Settings} from '../config/settings.js';
import {cutToWidth} from '../text/cells.js';
import {plainText} from '../text/sanitize.js';

/** Notifications have room for little more. */
const longestText = 120;

const bell = '\u0007';

/** Terminals that know OSC 9 show its text as a notification of the desktop. */
const notification = (text: string): string =>
	`\u001B]9;${cutToWidth(plainText(text).replaceAll('\n', ' '), longestText)}${bell}`;

/** Tells a person through the terminal, in the way they have set. */
export const notifier = (
	how: Settings['notify'],
	terminal: Pick<NodeJS.WriteStream, 'write'>,
): ((text: string) => void) => {
	switch (how) {
		case 'off':
			return () => {};
		case 'bell':
			return () => terminal.write(bell);
		case 'osc9':
			return text => terminal.write(notification(text));
	}
};
