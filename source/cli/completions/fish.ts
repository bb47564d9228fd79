import type {FlagRow} from '../command-table.js';
import {type CompletionPlace, takesPath} from './completion-places.js';

/** A script that completes `codex-tui` in fish. */
export const fishCompletions = (places: readonly CompletionPlace[]): string => {
	const lines = places.flatMap(place => {
		const condition = quoted(conditionOf(place, places));
		const words = place.words.map(({word, doc}) => `${start} -n ${condition} -a ${quoted(word)} -d ${quoted(doc)}`);
		const files = place.takesFiles ? [`${start} -n ${condition} -F`] : [];
		const flags = place.flags.map(flag => `${start} -n ${quoted(flagCondition(place))} ${flagOptions(flag)}`);
		return ['', `# codex-tui ${place.path}`.trim(), ...words, ...files, ...flags];
	});
	return `# Completions of codex-tui for fish, made by "codex-tui completions fish".
${start} -f
${lines.join('\n').trimStart()}
`;
};

const start = 'complete -c codex-tui';

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const seen = (words: readonly string[]): string => `__fish_seen_subcommand_from ${words.join(' ')}`;

/** Where words fit: after those of the place, and before any that would lead on. */
const conditionOf = (place: CompletionPlace, places: readonly CompletionPlace[]): string => {
	const leadsOn = places.some(({path}) => path.startsWith(`${place.path} `.trimStart()) && path !== place.path);
	const here = flagCondition(place);
	return place.path !== '' && leadsOn ? `${here}; and not ${seen(place.words.map(({word}) => word))}` : here;
};

/** Flags fit wherever the words of their place stand before them. */
const flagCondition = ({path}: CompletionPlace): string =>
	path === ''
		? '__fish_use_subcommand'
		: path
				.split(' ')
				.map(word => seen([word]))
				.join('; and ');

const flagOptions = (flag: FlagRow): string => {
	const {name, short, value, choices, doc} = flag;
	const takes = value === undefined ? '' : takesPath(flag) ? ' -r -F' : ' -x';
	return `-l ${name}${short === undefined ? '' : ` -s ${short}`}${takes}${choices ? ` -a ${quoted(choices.join(' '))}` : ''} -d ${quoted(doc)}`;
};
