import type {CommandContext} from './command.js';
import {menuOf, type SessionOrder, sessionOrders} from './menus.js';

/** What the sessions are sorted by now, in words: `By tokens, most first, the other way round`. */
const orderWords = (order: SessionOrder, isReversed: boolean): string => {
	const label = menuOf('order', {ownThemes: []}).items.find(({value}) => value === order)?.label ?? order;
	return isReversed ? `${label}, the other way round.` : `${label}.`;
};

/** Sorts by what was chosen in the menu; the present order once more, or its last row, turns it round. */
export const sortBy = ({state, dispatch}: CommandContext, choice: string): void => {
	const {order, isReversed} = state();
	const chosen = choice === 'reverse' ? order : (choice as SessionOrder);
	sort({dispatch}, chosen, chosen === order && !isReversed);
};

const sort = ({dispatch}: Pick<CommandContext, 'dispatch'>, order: SessionOrder, isReversed: boolean): void => {
	dispatch({type: 'order', order, isReversed});
	dispatch({type: 'notice', notice: {text: orderWords(order, isReversed), level: 'info'}});
};

/** Sorts by the next column, or the one before. */
export const stepOrder =
	(by: 1 | -1) =>
	({state, dispatch}: CommandContext): void => {
		const at = sessionOrders.indexOf(state().order) + by + sessionOrders.length;
		sort({dispatch}, sessionOrders[at % sessionOrders.length] ?? 'newest', false);
	};
