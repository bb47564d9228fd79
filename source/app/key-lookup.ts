import type {PaneId} from '../view/layout.js';
import type {Binding, CommandId, KeyGroup, KeyMap, Scope} from './key-bindings.js';

/** Whether a key is listened for there. */
export const worksIn = ({scope, panes}: Binding, where: Scope, pane: PaneId): boolean => {
	const scopes: readonly Scope[] = typeof scope === 'string' ? [scope] : scope;
	return scopes.includes('always') || (scopes.includes(where) && (panes?.includes(pane) ?? true));
};

/** The command of a key, or undefined where it means nothing. */
export const commandOf = (keys: KeyMap, key: string, scope: Scope, pane: PaneId): CommandId | undefined =>
	keys.find(binding => binding.keys.includes(key) && worksIn(binding, scope, pane))?.command;

/** Keys that close what a line is typed for: the last to go where there is little room. */
const closing = new Set(['enter', 'escape']);

/** What the status line reminds of, what matters most last. `hidden` are the rows that the pane leaves out. */
export const hintsFor = (keys: KeyMap, scope: Scope, pane: PaneId, hidden = 0): {key: string; hint: string}[] => {
	const hinted = keys.filter(
		binding =>
			binding.hint !== undefined &&
			binding.keys.length > 0 &&
			worksIn(binding, scope, pane) &&
			(binding.hintPanes?.includes(pane) ?? true) &&
			(hidden > 0 || !binding.hintWhenHidden),
	);
	const isLast = (binding: Binding): boolean => scope !== 'panes' && closing.has(binding.keys[0] ?? '');
	const before = ({hintAfter}: Binding): string => (hintAfter === undefined ? '' : `${firstKey(keys, hintAfter)} `);
	return hinted
		.toSorted((a, b) => Number(isLast(a)) - Number(isLast(b)))
		.map(binding => ({key: `${before(binding)}${keyLabel(binding.keys[0] ?? '')}`.trim(), hint: binding.hint ?? ''}));
};

const firstKey = (keys: KeyMap, command: string): string =>
	keyLabel(keys.find(binding => binding.command === command)?.keys[0] ?? '');

/** The first key of a command, as people write it; the list of commands for one that has none. */
export const keyOf = (keys: KeyMap, command: CommandId): string =>
	firstKey(keys, command) || `${firstKey(keys, 'palette')} ${command}`.trim();

const labels: Record<string, string> = {
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	pageup: 'PgUp',
	pagedown: 'PgDn',
	home: 'Home',
	end: 'End',
	enter: 'Enter',
	escape: 'Esc',
	backspace: 'Backspace',
	delete: 'Del',
	tab: 'Tab',
	'shift-tab': 'Shift-Tab',
	space: 'Space',
	'double-click': 'Double-click',
};

/** Keys that are called by a word. */
export const labelledKeys: readonly string[] = Object.keys(labels);

/** A key as keyboards and people write it. */
export const keyLabel = (key: string): string =>
	labels[key] ?? (key.startsWith('ctrl-') ? `Ctrl-${key.slice(5).toUpperCase()}` : key);

export type KeyTableRow = {group: KeyGroup; keys: string; help: string; command: CommandId};

/** Every binding in words, groups together, for the help window and the README. */
export const keyTable = (keys: KeyMap): KeyTableRow[] => {
	const rows = keys.map(binding => ({
		group: binding.group,
		keys: binding.keys.map(keyLabel).join(' '),
		help: binding.help,
		command: binding.command,
	}));
	const groups = [...new Set(rows.map(row => row.group))];
	return groups.flatMap(group => rows.filter(row => row.group === group));
};
