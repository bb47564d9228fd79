import type {ReportFormatName, ReportModeName, ReportScope} from './menus.js';

/** What a person chose last, for as long as the program runs. */
export type ReportChoices = {
	scope: ReportScope | undefined;
	format: ReportFormatName;
	mode: ReportModeName;
	/** Undefined as long as the mode decides. */
	cap: string | undefined;
};

export const firstChoices: ReportChoices = {scope: undefined, format: 'md', mode: 'actions', cap: undefined};

/** Whether a mode tells outputs, which may be long; of prompts and answers nothing is left out. */
export const tellsOutputs = (mode: ReportModeName): boolean => mode === 'actions' || mode === 'full';

/** Most characters of each output, or `none`; what the command takes by itself where nothing was chosen. */
export const capOf = ({mode, cap}: ReportChoices): string => cap ?? (mode === 'full' ? 'none' : '4000');
