import type {PaneId} from '../view/layout.js';
import {
	type Binding,
	type CommandId,
	type KeyGroup,
	keyBindings,
	type Scope,
	type TypedBinding,
} from './key-bindings.js';

const bindings: readonly TypedBinding[] = keyBindings;

/** Whether a key is listened for there. */
export const worksIn = ({scope, panes}: Binding, where: Scope, pane: PaneId): boolean => {
	const scopes: readonly Scope[] = typeof scope === 'string' ? [scope] : scope;
	return scopes.includes('always') || (scopes.includes(where) && (panes?.includes(pane) ?? true));
};

/** The command of a key, or undefined where it means nothing. */
export const commandOf = (key: string, scope: Scope, pane: PaneId): CommandId | undefined =>
	bindings.find(binding => binding.keys.includes(key) && worksIn(binding, scope, pane))?.command;

/** Keys that close what a line is typed for: the last to go where there is little room. */
const closing = new Set(['enter', 'escape']);

/** What the status line reminds of, what matters most last. `hidden` are the rows that the pane leaves out. */
export const hintsFor = (scope: Scope, pane: PaneId, hidden = 0): {key: string; hint: string}[] => {
	const hinted = bindings.filter(
		binding =>
			binding.hint !== undefined &&
			worksIn(binding, scope, pane) &&
			(binding.hintPanes?.includes(pane) ?? true) &&
			(hidden > 0 || !binding.hintWhenHidden),
	);
	const isLast = ({keys}: Binding): boolean => scope !== 'panes' && closing.has(keys[0] ?? '');
	return hinted
		.toSorted((a, b) => Number(isLast(a)) - Number(isLast(b)))
		.map(({hintKeys, keys, hint}) => ({key: hintKeys ?? keyLabel(keys[0] ?? ''), hint: hint ?? ''}));
};

/** The first key of a command, as people write it. */
export const keyOf = (command: CommandId): string =>
	keyLabel(bindings.find(binding => binding.command === command)?.keys[0] ?? '');

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
};

/** A key as keyboards and people write it. */
export const keyLabel = (key: string): string =>
	labels[key] ?? (key.startsWith('ctrl-') ? `Ctrl-${key.slice(5).toUpperCase()}` : key);

export type KeyTableRow = {group: KeyGroup; keys: string; help: string};

/** Every binding in words, groups together, for the help window and the README. */
export const keyTable = (): KeyTableRow[] => {
	const rows = bindings.map(({group, keys, help}) => ({group, keys: keys.map(keyLabel).join(' '), help}));
	const groups = [...new Set(rows.map(row => row.group))];
	return groups.flatMap(group => rows.filter(row => row.group === group));
};

/** The table as Markdown, for the README. */
export const keyTableMarkdown = (): string => {
	const cell = (text: string): string => text.replaceAll('|', '\\|');
	return keyTable()
		.map((row, index, rows) => {
			const keys = row.keys
				.split(' ')
				.map(key => `\`${cell(key)}\``)
				.join(' ');
			const line = `| ${keys} | ${cell(row.help)} |`;
			const isFirst = rows[index - 1]?.group !== row.group;
			return isFirst ? `${index === 0 ? '' : '\n'}**${row.group}**\n\n| Key | |\n| --- | --- |\n${line}` : line;
		})
		.join('\n');
};
