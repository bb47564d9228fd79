import type {ReportFormatName, ReportModeName} from './menus.js';

/** What a report is asked for, in the words of the command `report`. */
export type ReportAsked = {
	/** Sessions, prompts and events; every session when empty. */
	references: readonly string[];
	/** Also sessions that no person began, where none is named. */
	hasAutomation: boolean;
	format: ReportFormatName;
	mode: ReportModeName;
	/** Most characters of each output, or `none`; undefined where none are told. */
	cap: string | undefined;
};

/** What came of it: the text that was asked for or a sentence, several lines of it where there is a list. */
export type ReportAnswer = {isDone: boolean; text: string};

/** Where a report goes. */
export type ReportPlace = {file: string; replaces: boolean};

/** Makes reports as the command does, somewhere else than where keys are answered. Nothing here throws for what a person can mend. */
export type Reporter = {
	/** A file in the folder for reports, as a person would type it. */
	propose: (name: string) => string;
	/** Whether there is something of that name, as it was typed. */
	isThere: (file: string) => Promise<boolean>;
	/** The beginning of a report. */
	preview: (asked: ReportAsked, signal: AbortSignal) => Promise<ReportAnswer>;
	/** Writes one whole or, once the signal is given, not at all. */
	write: (asked: ReportAsked, place: ReportPlace, signal: AbortSignal) => Promise<ReportAnswer>;
};

/** Where the explorer can make none. */
export const noReporter = 'No reports can be made here. See codex-tui report.';
