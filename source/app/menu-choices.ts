import {dispose} from './annotation-commands.js';
import type {CommandContext} from './command.js';
import {chooseCode, chooseCopy, firstCopyChoice} from './copy-commands.js';
import {planFiling} from './filing.js';
import {openLog, resumeLive} from './go-on-commands.js';
import {selectedId} from './list-state.js';
import {type MenuId, menuOf} from './menus.js';
import {chooseReason, chooseScope, leaveDeciding} from './redaction-commands.js';
import {
	chooseReportCap,
	chooseReportFormat,
	chooseReportMode,
	chooseReportReplace,
	chooseReportScope,
} from './report-commands.js';
import {sortBy} from './sort-commands.js';

/** What choosing in a menu does. */
const menuChoices: Record<MenuId, (context: CommandContext, value: string) => void> = {
	theme: ({dispatch}, value) => dispatch({type: 'theme', theme: value}),
	order: sortBy,
	disposition: dispose,
	scope: chooseScope,
	redactReason: chooseReason,
	allowReason: chooseReason,
	copy: chooseCopy,
	code: chooseCode,
	filing: planFiling,
	log: openLog,
	resume: resumeLive,
	reportScope: chooseReportScope,
	reportFormat: chooseReportFormat,
	reportMode: chooseReportMode,
	reportCap: chooseReportCap,
	reportReplace: chooseReportReplace,
};

/** Menus with a choice that holds now. */
type PresentMenu = Exclude<MenuId, 'code' | 'filing' | 'log' | 'resume' | `report${string}`>;

const present: Record<PresentMenu, (context: CommandContext) => string> = {
	theme: ({state}) => state().theme,
	order: ({state}) => state().order,
	disposition: ({state, data}) => data.annotations.prompt(selectedId(state().lists.prompts))?.disposition ?? 'none',
	scope: () => 'session',
	copy: firstCopyChoice,
	redactReason: () => '',
	allowReason: () => '',
};

/** Closes a menu and does what was chosen in it; a value that it does not have does nothing. */
export const choose = (context: CommandContext, menu: MenuId, value: string | undefined): void => {
	context.dispatch({type: 'close'});
	if (value !== undefined && menuOf(menu, context.state()).items.some(item => item.value === value)) {
		menuChoices[menu](context, value);
	}
};

/** Takes a choice of the open menu by its place; answers whether there is one. */
export const chooseAt = (context: CommandContext, index: number): boolean => {
	const {overlay} = context.state();
	const item = overlay?.kind === 'menu' ? menuOf(overlay.menu, context.state()).items[index] : undefined;
	if (overlay?.kind === 'menu' && item) {
		choose(context, overlay.menu, item.value);
	}

	return item !== undefined;
};

export const chooseSelected = (context: CommandContext): void => {
	const {overlay} = context.state();
	chooseAt(context, overlay?.kind === 'menu' ? overlay.index : -1);
};

/** Closes a menu; who does not replace a file chooses another name for it. */
export const leaveMenu = (context: CommandContext): void => {
	const {overlay} = context.state();
	if (overlay?.kind === 'menu' && overlay.menu === 'reportReplace') {
		choose(context, overlay.menu, 'leave');
	} else {
		leaveDeciding(context);
	}
};

export const moveMenu =
	(by: 1 | -1) =>
	({dispatch}: CommandContext): void =>
		dispatch({type: 'move-menu', by});

/** A menu starts at the present choice. */
export const openMenu =
	(menu: PresentMenu) =>
	(context: CommandContext): void => {
		const index = menuOf(menu, context.state()).items.findIndex(({value}) => value === present[menu](context));
		context.dispatch({type: 'open', overlay: {kind: 'menu', menu, index: Math.max(0, index)}});
	};

/** What became of the selected prompt. */
export const openDispositions = (context: CommandContext): void => {
	if (typeof selectedId(context.state().lists.prompts) === 'number') {
		openMenu('disposition')(context);
	} else {
		context.dispatch({type: 'notice', notice: {text: 'No prompt is selected.', level: 'info'}});
	}
};
