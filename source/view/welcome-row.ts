import {padToWidth} from '../text/cells.js';
import type {Row} from '../text/span.js';

/** What a newcomer needs to find everything else, in one row: the keys of help, search and the list of commands. */
export const welcomeRow = (keys: {help: string; search: string; palette: string}, width: number): Row =>
	padToWidth(
		[
			{text: ' Welcome. Press '},
			{text: keys.help, tone: 'accent'},
			{text: ' for the keys, '},
			{text: keys.search, tone: 'accent'},
			{text: ' to search everything, '},
			{text: keys.palette, tone: 'accent'},
			{text: ' to find a command.'},
		],
		width,
	);
