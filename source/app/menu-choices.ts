import {dispose} from './annotation-commands.js';
import type {CommandContext} from './command.js';
import {selectedId} from './list-state.js';
import {type MenuId, menus, type ThemeChoice} from './menus.js';
import {sortBy} from './sort-commands.js';

/** What choosing in a menu does. */
export const menuChoices: Record<MenuId, (context: CommandContext, value: string) => void> = {
	theme: ({dispatch}, value) => dispatch({type: 'theme', theme: value as ThemeChoice}),
	order: sortBy,
	disposition: dispose,
};

const present: Record<MenuId, (context: CommandContext) => string> = {
	theme: ({state}) => state().theme,
	order: ({state}) => state().order,
	disposition: ({state, data}) => data.annotations.prompt(selectedId(state().lists.prompts))?.disposition ?? 'none',
};

/** A menu starts at the present choice. */
export const openMenu =
	(menu: MenuId) =>
	(context: CommandContext): void => {
		const index = menus[menu].items.findIndex(({value}) => value === present[menu](context));
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
