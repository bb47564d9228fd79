/** How much a report tells, from least to most. */
export const reportModes = [
	{id: 'prompts', title: 'prompts only'},
	{id: 'answers', title: 'prompts and answers'},
	{id: 'actions', title: 'prompts and answers with actions and reasoning'},
	{id: 'usage', title: 'tokens and costs'},
	{id: 'full', title: 'everything'},
] as const;

export type ReportMode = (typeof reportModes)[number]['id'];

export const defaultMode: ReportMode = 'actions';

/** Characters of one output, argument or diff that are shown, where nothing else is asked for. */
export const usualCap = 4000;

/** What a report is asked to tell. */
export type ReportRequest = {
	mode: ReportMode;
	/** Most characters of one output; null for all. */
	cap: number | null;
	/** Local days, both inclusive: prompts that were put in them. */
	since?: string | undefined;
	until?: string | undefined;
	/** Prompts as well that were copied from a parent, and are told there. */
	hasInherited: boolean;
	/** The same input gives the same bytes on any machine: no clock, UTC, no folders. */
	isReproducible: boolean;
	/** Whose clock days and times follow; by default this computer's. */
	timeZone?: string | undefined;
	/** UTC, ISO 8601; null in a reproducible report. */
	writtenAt: string | null;
	/** Of the program. */
	version: string;
	/** What was asked for, in words that were redacted, such as `query repo:shop`. */
	asked: readonly string[];
};

export const modeTitle = (mode: ReportMode): string => reportModes.find(({id}) => id === mode)?.title ?? mode;
