import type {CommandContext} from './commands.js';
import type {MenuId, ThemeChoice} from './menus.js';
import {sortBy} from './sort-commands.js';

/** What choosing in a menu does. */
export const menuChoices: Record<MenuId, (context: CommandContext, value: string) => void> = {
	theme: ({dispatch}, value) => dispatch({type: 'theme', theme: value as ThemeChoice}),
	order: sortBy,
};
