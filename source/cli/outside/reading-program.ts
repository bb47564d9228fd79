import process from 'node:process';
import {findProgram} from './find-program.js';

type Env = Readonly<Record<string, string | undefined>>;

/** What a person reads texts with: a line for the shell, and where it was found. */
export type ReadingProgram = {line: string; from: string};

const variables = ['VISUAL', 'EDITOR', 'PAGER'] as const;

/** The editor of the environment, else its pager, else one that systems have. */
export const readingProgram = (env: Env): ReadingProgram | undefined => {
	const name = variables.find(variable => env[variable]?.trim());
	if (name !== undefined) {
		return {line: env[name] ?? '', from: `$${name}`};
	}

	const pager = ['less', 'more'].find(program => findProgram(program, env) !== undefined);
	return pager === undefined ? undefined : {line: pager, from: 'your PATH'};
};

/** Arguments may stand in the variable (`code --wait`), so the shell takes it apart, as it does for Git. */
export const readingCommand = (
	{line}: ReadingProgram,
	files: readonly string[],
	platform: NodeJS.Platform = process.platform,
): {command: string[]; shell: boolean} =>
	platform === 'win32'
		? {command: [[line, ...files.map(file => `"${file}"`)].join(' ')], shell: true}
		: {command: ['/bin/sh', '-c', `${line} "$@"`, 'sh', ...files], shell: false};
