import type {Gone} from '../model/session.js';
import {dateTimeLabel} from '../text/labels.js';
import {oneLine} from './spans.js';

/** `gone since 2026-03-04`, with the reason where asked for; empty for what its log still holds. */
export const goneText = (gone: Gone | null, hasReason = false): string => {
	if (gone === null) {
		return '';
	}

	const day = dateTimeLabel(gone.since).slice(0, 10) || oneLine(gone.since);
	const reason = hasReason ? oneLine(gone.reason) : '';
	return `gone since ${day}${reason === '' ? '' : `: ${reason}`}`;
};
