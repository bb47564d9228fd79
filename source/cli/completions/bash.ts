import {type CompletionPlace, spellings, takesPath} from './completion-places.js';

/** A script that completes `codex-tui` in bash, 3.2 or newer. Words hold no blanks and no quotes. */
export const bashCompletions = (places: readonly CompletionPlace[]): string => {
	const valued = new Set(
		places.flatMap(({flags}) => flags.filter(({value}) => value !== undefined).flatMap(spellings)),
	);
	const paths = new Set(places.flatMap(({flags}) => flags.filter(takesPath).flatMap(spellings)));
	const choices = places.flatMap(({path, flags}) =>
		flags.flatMap(flag =>
			flag.choices
				? [
						`${spellings(flag)
							.map(name => `'${path} ${name}'`)
							.join('|')}) words='${flag.choices.join(' ')}' ;;`,
					]
				: [],
		),
	);
	return `# Completions of codex-tui for bash, made by "codex-tui completions bash".
_codex_tui() {
	local word=\${COMP_WORDS[COMP_CWORD]} valued=' ${[...valued].join(' ')} '
	local place='' before='' words='' files='' index item
	COMPREPLY=()
	for ((index = 1; index < COMP_CWORD; index++)); do
		item=\${COMP_WORDS[index]}
		if [[ $item == '=' ]]; then
			continue
		elif [[ -n $before && $valued == *" $before "* ]]; then
			before=''
			continue
		fi

		before=$item
		case "$place $item" in
${places
	.filter(({path}) => path !== '')
	.map(({path}) => `\t\t\t'${path.includes(' ') ? path : ` ${path}`}') place='${path}' ;;`)
	.join('\n')}
		esac
	done

	[[ $word == '=' ]] && word=''
	if [[ -n $before && $valued == *" $before "* ]]; then
		case "$place $before" in
${choices.map(line => `\t\t\t${line}`).join('\n')}
			${[...paths].map(name => `*' ${name}'`).join('|')}) files=yes ;;
		esac
	elif [[ $word == -* ]]; then
		case $place in
${places.map(({path, flags}) => `\t\t\t'${path}') words='${flags.flatMap(spellings).join(' ')}' ;;`).join('\n')}
		esac
	else
		case $place in
${places
	.map(
		({path, words, takesFiles}) =>
			`\t\t\t'${path}') words='${words.map(({word}) => word).join(' ')}'${takesFiles ? ' files=yes' : ''} ;;`,
	)
	.join('\n')}
		esac
	fi

	COMPREPLY=($(compgen -W "$words" -- "$word"))
	if [[ -z $files ]] && type compopt &>/dev/null; then
		compopt +o default +o bashdefault 2>/dev/null
	fi
}
complete -o bashdefault -o default -F _codex_tui codex-tui
`;
};
