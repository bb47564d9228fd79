import type {PaneId} from '../view/layout.js';
import type {CommandContext} from './command.js';
import {type PointerEvent, type PointerTarget, targetAt} from './pointer.js';
import type {Screen} from './screen.js';
import {isWindow} from './state.js';

/** Rows that a step of the wheel moves. */
const wheelRows = 3;

/** Two presses within this time and one cell of each other are one double click. */
const doubleMs = 400;

export type Pointing = {
	context: CommandContext;
	screen: () => Screen;
	/** Time in ms, from any start. */
	clock: () => number;
	/** What opens a row: the key `double-click`. */
	open: () => void;
};

/** Makes of presses and turns of the wheel what they mean where they happen. */
export const createPointing = ({context, screen, clock, open}: Pointing): ((event: PointerEvent) => void) => {
	let last: {x: number; y: number; at: number} | undefined;
	return event => {
		const target = targetAt(screen(), event.x, event.y);
		if (event.kind === 'wheel') {
			wheel(context, target, event.by);
			return;
		}

		const at = clock();
		// The panes may have moved under the pointer with the first press, which has selected what is meant.
		const isSecond =
			last !== undefined && at - last.at <= doubleMs && Math.abs(event.x - last.x) <= 1 && event.y === last.y;
		last = isSecond ? undefined : {x: event.x, y: event.y, at};
		if (isSecond) {
			open();
		} else if (!press(context, target)) {
			last = undefined;
		}
	};
};

/** Selects what lies there; answers whether a second press would open it. */
const press = (context: CommandContext, target: PointerTarget): boolean => {
	const {state, dispatch} = context;
	const {overlay, search, lists, typing} = state();
	if (target.what === 'choice') {
		dispatch({type: 'select-choice', index: target.row});
		return true;
	}

	if (target.what === 'overlay' && target.row !== undefined) {
		dispatch(
			overlay?.kind === 'search'
				? {type: 'search', action: {to: 'move', by: target.row - search.list.cursor}}
				: {type: 'move-palette', index: target.row},
		);
		return true;
	}

	if ((target.what !== 'row' && target.what !== 'pane') || overlay) {
		return false;
	}

	if (typing) {
		dispatch({type: 'keep-filter'});
	}

	const id = target.what === 'row' ? lists[target.pane].ids[target.row] : undefined;
	if (target.what === 'row' && id !== undefined) {
		dispatch({type: 'pick', list: target.pane, id});
	}

	dispatch({type: 'focus', pane: target.pane});
	return id !== undefined;
};

const wheel = (context: CommandContext, target: PointerTarget, by: number): void => {
	const {state, dispatch} = context;
	const {overlay, search} = state();
	if (target.what === 'choice') {
		dispatch({type: 'move-menu', by: by > 0 ? 1 : -1});
	} else if (target.what === 'overlay' && isWindow(overlay)) {
		dispatch({type: 'scroll-overlay', motion: {by: by * wheelRows}});
	} else if (target.what === 'overlay' && overlay?.kind === 'search' && search.list.ids.length > 0) {
		dispatch({type: 'search', action: {to: 'wheel', by: by * wheelRows}});
	} else if ((target.what === 'row' || target.what === 'pane') && !overlay) {
		scrollPane(context, target.pane, by * wheelRows);
	}
};

const scrollPane = ({dispatch}: CommandContext, pane: PaneId, by: number): void =>
	dispatch(pane === 'detail' ? {type: 'move', motion: {by}, pane} : {type: 'wheel', list: pane, by});
