import {dateLabel} from '../text/labels.js';

/** Cells that `whenLabel` takes at most. */
export const whenWidth = 10;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, as one says it: `12m ago`, `5h ago`, `3d ago`, then `Mar 4`, then `2025-03-04`. */
export const whenLabel = (at: string | null, now: Date): string => {
	const time = at === null ? Number.NaN : Date.parse(at);
	if (!Number.isFinite(time)) {
		return '';
	}

	const age = now.getTime() - time;
	if (age >= 0 && age < 7 * day) {
		if (age < minute) {
			return 'now';
		}

		if (age < hour) {
			return `${Math.floor(age / minute)}m ago`;
		}

		return age < day ? `${Math.floor(age / hour)}h ago` : `${Math.floor(age / day)}d ago`;
	}

	const label = dateLabel(at, now);
	return label.replace(/ \d\d:\d\d$/, '');
};
