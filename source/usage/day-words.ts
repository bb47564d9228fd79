import {UserError} from '../model/problem.js';
import {addDays, type Day, placeOf} from './days.js';

/** The day that `2026-11-22`, `today`, `yesterday`, `7d` or `4w` (so long ago) means. */
export const dayNamed = (words: string, today: Day, flag: string): Day => {
	const name = words.trim().toLowerCase();
	if (name === 'today' || name === 'yesterday') {
		return name === 'today' ? today : addDays(today, -1);
	}

	const ago = /^(?<count>\d{1,5})(?<unit>[dw])$/.exec(name)?.groups;
	if (ago !== undefined) {
		return addDays(today, -Number(ago['count']) * (ago['unit'] === 'w' ? 7 : 1));
	}

	if (placeOf(name) === undefined) {
		throw new UserError(
			`The flag ${flag} needs a day such as 2026-01-31, today, yesterday, 7d or 4w (days or weeks ago), not "${words}".`,
		);
	}

	return name;
};
