import {matchFields, queryWords} from '../view/fuzzy.js';
import type {PaneId} from '../view/layout.js';
import type {PaletteRow} from '../view/palette-rows.js';
import type {CommandId, KeyMap, TypedBinding} from './key-bindings.js';
import {keyLabel, worksIn} from './key-lookup.js';

export type PaletteEntry = PaletteRow & {command: CommandId};

/** What is found by name: commands of the panes, without those that only move. */
const isNamed = ({scope, group}: TypedBinding): boolean =>
	scope === 'always' || (scope === 'panes' && group !== 'Move');

/** Commands whose names fit, the best first; those that do not work in the pane come last. */
export const paletteEntries = (keys: KeyMap, text: string, pane: PaneId): PaletteEntry[] => {
	const words = queryWords(text);
	return keys
		.filter(isNamed)
		.flatMap((binding): (PaletteEntry & {score: number})[] => {
			const match = matchFields(words, [binding.help, binding.group, binding.command]);
			return match === undefined
				? []
				: [
						{
							command: binding.command,
							text: binding.help,
							keys: binding.keys.map(keyLabel).join(' '),
							ranges: match.ranges[0] ?? [],
							isUsable: worksIn(binding, 'panes', pane),
							score: match.score,
						},
					];
		})
		.toSorted((a, b) => Number(b.isUsable) - Number(a.isUsable) || a.score - b.score);
};
