import {cutToWidth, padToWidth, rowWidth} from '../text/cells.js';
import type {Row, Span} from '../text/span.js';
import {oneLine} from './spans.js';

export type Crumbs = {
	home: string;
	session?: string | undefined;
	prompt?: string | undefined;
	event?: string | undefined;
};

const separator = ' > ';

/** Where one is: home, session, prompt, event. The last part says most and gets what room is left. */
export const breadcrumbRow = ({home, session, prompt, event}: Crumbs, width: number): Row => {
	const parts = [home, session, prompt, event].filter(part => part !== undefined).map(part => oneLine(part));
	const separators = separator.length * (parts.length - 1);
	const share = Math.max(8, Math.floor((width - separators) / parts.length));
	const spans: Span[] = [{text: ' '}];
	for (const [index, part] of parts.entries()) {
		const isLast = index === parts.length - 1;
		const room = isLast ? Math.max(0, width - rowWidth(spans)) : index === 0 ? Math.min(share, 32) : share;
		spans.push(isLast ? {text: cutToWidth(part, room), bold: true} : {text: cutToWidth(part, room), tone: 'dim'});
		if (!isLast) {
			spans.push({text: separator, tone: 'dim'});
		}
	}

	return padToWidth(spans, width);
};
