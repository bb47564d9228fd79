import {cutToWidth, padToWidth, rowWidth, textWidth} from '../text/cells.js';
import {shortPath} from '../text/paths.js';
import type {Row, Span} from '../text/span.js';
import {oneLine} from './spans.js';

export type Crumbs = {
	home: string;
	session?: string | undefined;
	prompt?: string | undefined;
	event?: string | undefined;
	/** What people added to the last of them. */
	added?: string | undefined;
	/** The session is shown as it is. */
	isRevealed?: boolean;
};

const separator = ' > ';

/** Cells that each part keeps; the first that may give way does so first, down to these. */
const least = {home: 8, session: 12, prompt: 24, event: 12};

/** Cells between where one is and what was added there, and the share of the row that this may take. */
const addedGap = 3;
const addedShare = 0.4;

/** Where one is: home, session, prompt, event. The last part says most, so the first give way to it. What was added
there stands at the right end. */
export const breadcrumbRow = (crumbs: Crumbs, width: number): Row => {
	const room = Math.floor(width * addedShare);
	const right = cutToWidth(
		[
			...(crumbs.isRevealed ? [{text: 'not redacted', tone: 'warning', bold: true} as const, {text: '  '}] : []),
			{text: crumbs.added ?? '', tone: 'accent'} as const,
		].filter(({text}) => text !== ''),
		room,
	);
	const taken = rowWidth(right);
	if (taken === 0) {
		return placeRow(crumbs, width);
	}

	const place = placeRow(crumbs, Math.max(1, width - taken - addedGap));
	return padToWidth([...place, {text: ' '.repeat(addedGap - 1)}, ...right], width);
};

const placeRow = (crumbs: Crumbs, width: number): Row => {
	const parts = (['home', 'session', 'prompt', 'event'] as const).flatMap(id => {
		const text = crumbs[id] === undefined ? undefined : oneLine(crumbs[id]);
		return text === undefined ? [] : [{id, text, width: textWidth(text)}];
	});
	const taken = parts.reduce((sum, part) => sum + part.width, separator.length * (parts.length - 1));
	let excess = taken - Math.max(0, width - 2);
	for (const part of parts) {
		const less = Math.max(0, Math.min(excess, part.width - least[part.id]));
		part.width -= less;
		excess -= less;
	}

	const spans: Span[] = [{text: ' '}];
	for (const [index, {id, text, width: room}] of parts.entries()) {
		const shown = id === 'home' ? shortPath(text, room) : cutToWidth(text, room);
		const isLast = index === parts.length - 1;
		spans.push(isLast ? {text: shown, bold: true} : {text: shown, tone: 'dim'});
		if (!isLast) {
			spans.push({text: separator, tone: 'dim'});
		}
	}

	return padToWidth(cutToWidth(spans, Math.max(0, width - 1)), width);
};
