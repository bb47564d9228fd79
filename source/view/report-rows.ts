import {plainText} from '../text/sanitize.js';
import type {Row} from '../text/span.js';
import {wrapRow} from '../text/wrap-row.js';

export type ReportModel = {
	/** The beginning of a report, or what is wrong with it. */
	text: string | undefined;
	isRefused: boolean;
};

/** A report as it is written, in rows of at most `width` cells. */
export const reportRows = ({text, isRefused}: ReportModel, width: number): Row[] => {
	if (text === undefined) {
		return [[{text: 'Looking through what is to be told…', tone: 'dim'}]];
	}

	const lines = plainText(text).trimEnd().split('\n');
	return lines.flatMap(line => wrapRow([{text: line, ...(isRefused ? {tone: 'warning' as const} : {})}], width));
};
