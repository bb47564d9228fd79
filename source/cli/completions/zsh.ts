import type {FlagRow} from '../command-table.js';
import {type CompletionPlace, type CompletionWord, takesPath} from './completion-places.js';

/** A script that completes `codex-tui` in zsh: a function `_codex-tui` for a folder of `fpath`, or to be sourced. */
export const zshCompletions = (places: readonly CompletionPlace[]): string => {
	const isBelow = (path: string, {path: other}: CompletionPlace): boolean =>
		path === '' ? other !== '' && !other.includes(' ') : other.startsWith(`${path} `);
	const functionOf = (place: CompletionPlace): string => {
		const below = places.filter(other => isBelow(place.path, other));
		return below.length > 0 ? groupFunction(place, below) : commandFunction(place);
	};

	return `#compdef codex-tui
# Completions of codex-tui for zsh, made by "codex-tui completions zsh".
${places.map(functionOf).join('\n')}
if [[ $funcstack[1] == _codex-tui ]]; then
	_codex-tui "$@"
else
	compdef _codex-tui codex-tui
fi
`;
};

const nameOf = (path: string): string => ['_codex-tui', ...path.split(' ').filter(Boolean)].join('-');

const groupFunction = ({path, words, flags}: CompletionPlace, below: readonly CompletionPlace[]): string => `
${nameOf(path)}() {
	local state line
	local -a commands
	_arguments -C \\
${flags
	.flatMap(specs)
	.map(spec => `\t\t${spec} \\\n`)
	.join('')}\t\t'1: :->command' '*:: :->rest'
	case $state in
		command)
			commands=(
${words.map(word => `\t\t\t\t${described(word)}`).join('\n')}
			)
			_describe -t commands command commands
			;;
		rest)
			case $words[1] in
${below.map(({path: name}) => `\t\t\t\t${name.split(' ').at(-1)}) ${nameOf(name)} ;;`).join('\n')}
			esac
			;;
	esac
}
`;

const commandFunction = ({path, words, takesFiles, flags}: CompletionPlace): string => `
${nameOf(path)}() {
	local -a words_here
	words_here=(${words.map(described).join(' ')})
	_arguments \\
${flags
	.flatMap(specs)
	.map(spec => `\t\t${spec} \\\n`)
	.join('')}\t\t'*: :${argument(words.length > 0, takesFiles)}'
}
`;

const argument = (hasWords: boolean, takesFiles: boolean): string => {
	const describe = '_describe -t words word words_here';
	return hasWords ? (takesFiles ? `{ ${describe}; _files }` : `{ ${describe} }`) : takesFiles ? '_files' : '';
};

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const described = ({word, doc}: CompletionWord): string => quoted(`${word.replaceAll(':', '\\:')}:${doc}`);

/** What `_arguments` wants to know of a flag, for each of its spellings. */
const specs = (flag: FlagRow): string[] => {
	const {name, short, value, isList, choices, doc} = flag;
	const help = `[${doc.replaceAll(/[[\]\\]/g, sign => `\\${sign}`)}]`;
	const what = choices ? `(${choices.join(' ')})` : takesPath(flag) ? '_files' : '';
	const tail = `${help}${value === undefined ? '' : `:${value}:${what}`}`;
	const many = isList ? '*' : '';
	return [
		quoted(`${many}--${name}${value === undefined ? '' : '='}${tail}`),
		...(short === undefined ? [] : [quoted(`${many}-${short}${value === undefined ? '' : '+'}${tail}`)]),
	];
};
