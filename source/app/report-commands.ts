import {UserError} from '../model/problem.js';
import {type Command, type CommandContext, say, warn} from './command.js';
import {openEntry} from './entry.js';
import type {KeyMap} from './key-bindings.js';
import {keyOf} from './key-lookup.js';
import {type MenuId, menuOf, otherCap, type ReportFormatName, type ReportModeName, type ReportScope} from './menus.js';
import {capOf, type ReportChoices, tellsOutputs} from './report-choices.js';
import type {ReportFeed} from './report-feed.js';
import {referenceOf, scopeInFocus, subjectOf} from './report-subject.js';
import {noReporter, type ReportAsked} from './reporter.js';

/** Shown in place of a window that is open already. */
const openMenu = ({state, dispatch}: CommandContext, menu: MenuId, value: string | undefined): void => {
	const index = menuOf(menu, state()).items.findIndex(item => item.value === value);
	dispatch({type: 'open', overlay: {kind: 'menu', menu, index: Math.max(0, index)}});
};

const change = ({dispatch}: CommandContext, choices: Partial<ReportChoices>): void =>
	dispatch({type: 'report-choices', choices});

/** Asks what to report. */
export const openReport: Command = context => {
	if (context.hasReporter) {
		openMenu(context, 'reportScope', context.state().report.scope ?? scopeInFocus(context));
	} else {
		say(context, noReporter);
	}
};

export const chooseReportScope = (context: CommandContext, value: string): void => {
	const scope = value as ReportScope;
	const subject = subjectOf(context, scope);
	if (typeof subject === 'string') {
		warn(context, subject);
		return;
	}

	change(context, {scope});
	openMenu(context, 'reportFormat', context.state().report.format);
};

export const chooseReportFormat = (context: CommandContext, value: string): void => {
	change(context, {format: value as ReportFormatName});
	openMenu(context, 'reportMode', context.state().report.mode);
};

export const chooseReportMode = (context: CommandContext, value: string): void => {
	change(context, {mode: value as ReportModeName});
	const {report} = context.state();
	if (!tellsOutputs(report.mode)) {
		showPreview(context);
		return;
	}

	const cap = capOf(report);
	const isListed = menuOf('reportCap', context.state()).items.some(item => item.value === cap);
	openMenu(context, 'reportCap', isListed ? cap : otherCap);
};

export const chooseReportCap = (context: CommandContext, value: string): void => {
	if (value === otherCap) {
		const before = context.state().report.cap;
		const isNumber = before !== undefined && before !== 'none';
		context.dispatch({type: 'open', overlay: openEntry({what: 'report-cap'}, isNumber ? before : '')});
		return;
	}

	change(context, {cap: value});
	showPreview(context);
};

/** Takes a number of characters. Throws a sentence for what is none. */
export const typeReportCap = (context: CommandContext, typed: string): void => {
	const cap = typed.trim().replaceAll(',', '');
	if (!/^[1-9]\d{0,8}$/.test(cap)) {
		throw new UserError('Type a whole number of characters, or leave with Esc.');
	}

	change(context, {cap});
	showPreview(context);
};

const showPreview = (context: CommandContext): void => {
	const {state, data, dispatch} = context;
	const {report, hides} = state();
	const {format, mode} = report;
	const subject = subjectOf(context, report.scope ?? 'session');
	if (typeof subject === 'string') {
		// What was chosen has gone meanwhile.
		dispatch({type: 'close'});
		warn(context, subject);
		return;
	}

	const ask = async (): Promise<ReportAsked> => ({
		references: await Promise.all(subject.parts.map(part => referenceOf(context, part))),
		hasAutomation: subject.parts.length === 0 && !hides.automation,
		format,
		mode,
		cap: tellsOutputs(mode) ? capOf(report) : undefined,
	});
	openPreview({dispatch});
	data.report.preview(ask(), `${subject.name}${format === 'csv' ? '-csv' : `.${format}`}`);
};

const openPreview = ({dispatch}: Pick<CommandContext, 'dispatch'>): void =>
	dispatch({type: 'open', overlay: {kind: 'report', top: 0, rowCount: 0}});

/** Asks where to write what the preview shows. */
export const nameReport: Command = context => {
	const {report} = context.data;
	if (report.stage() === 'shown') {
		context.dispatch({type: 'open', overlay: openEntry({what: 'report-file'}, report.file())});
	}
};

/** Writes the report to what was typed, unless something is there that must not be lost. Throws a sentence for no name. */
export const typeReportFile = (context: CommandContext, typed: string): void => {
	const {report} = context.data;
	const file = typed.trim();
	if (file === '') {
		throw new UserError('A report needs a file. Type a name, or leave with Esc.');
	}

	report.rename(file);
	openPreview(context);
	context.attempt(async () => {
		const isThere = await report.isThere();
		if (context.state().overlay?.kind !== 'report') {
			return undefined;
		}

		if (isThere) {
			openMenu(context, 'reportReplace', 'leave');
		} else {
			write(context, false);
		}

		return undefined;
	});
};

/** Also said once, for who sees no status line. */
const write = (context: CommandContext, replaces: boolean): void => {
	context.data.report.write(replaces);
	say(context, doingWords(context.data.report, context.keys) ?? '');
};

/** What is under way, and how it is ended. */
export const doingWords = (report: ReportFeed, keys: KeyMap): string | undefined => {
	const doing = report.doing();
	return doing === undefined ? undefined : `${doing} ${keyOf(keys, 'closeReport')} cancels it.`;
};

export const chooseReportReplace = (context: CommandContext, value: string): void => {
	openPreview(context);
	if (value === 'replace') {
		write(context, true);
	} else {
		nameReport(context);
	}
};

/** Back from the name of a file to what is to be written. */
export const leaveReportFile: Command = context => openPreview(context);

/** Closes the preview, and ends what is still being made. */
export const closeReport: Command = context => {
	context.dispatch({type: 'close'});
	if (context.data.report.stop()) {
		say(context, 'Cancelling…');
	}
};
