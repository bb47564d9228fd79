import {execFile} from 'node:child_process';
import process from 'node:process';
import type {Filing, Origin, Trouble} from '../../app/outside.js';
import {plainText} from '../../text/sanitize.js';
import {findProgram} from './find-program.js';

type Env = Readonly<Record<string, string | undefined>>;

export const noCodex = 'There is no codex on your PATH. Install Codex, or add its folder to PATH.';

/** The first releases that have the commands. */
const since: Record<Filing, string> = {archive: '0.136', unarchive: '0.136', delete: '0.140'};

/** Neither an answer to `--help` nor moving a file takes longer. */
const helpMs = 15_000;
const filingMs = 120_000;

/** Windows starts programs that are scripts, as npm installs them, by its shell alone. */
export const isByShell = process.platform === 'win32';

export const codexFile = (env: Env): string | undefined => {
	const file = findProgram('codex', env);
	return file !== undefined && isByShell ? `"${file}"` : file;
};

type Said = {isDone: boolean; out: string; error: string};

const ask = async (args: readonly string[], {env, cwd}: {env: Env; cwd: string}, timeout: number): Promise<Said> =>
	new Promise(resolve => {
		const options = {env: {...env}, cwd, timeout, shell: isByShell, encoding: 'utf8', maxBuffer: 1 << 20} as const;
		const child = execFile(codexFile(env) ?? 'codex', args, options, (error, out, said) => {
			resolve({isDone: error === null, out, error: said.trim() === '' && error ? out || error.message : said});
		});
		child.stdin?.end();
	});

const firstLine = (text: string): string =>
	plainText(text)
		.split('\n')
		.map(line => line.replace(/^error:\s*/i, '').trim())
		.find(line => line !== '') ?? '';

/**
Whether the codex on the PATH has a command. One that does not takes the word for a prompt and prints its general help, so the
help has to name the command.
*/
export const refusesFiling = async (filing: Filing, place: {env: Env; cwd: string}): Promise<Trouble> => {
	if (codexFile(place.env) === undefined) {
		return noCodex;
	}

	const help = await ask([filing, '--help'], place, helpMs);
	if (help.isDone && new RegExp(`^usage:.*\\b${filing}\\b`, 'im').test(help.out)) {
		return undefined;
	}

	const version = firstLine((await ask(['--version'], place, helpMs)).out);
	const name = version === '' ? 'The codex on your PATH' : version;
	return `${name} cannot ${filing} sessions; Codex ${since[filing]} and later can.`;
};

const filingWords: Record<Filing, readonly string[]> = {
	archive: ['archive'],
	unarchive: ['unarchive'],
	delete: ['delete', '--force'],
};

/** The words after `codex`; with an id and never a name, of which Codex would take the first that fits. */
export const filingArguments = (filing: Filing, threadId: string): string[] => [...filingWords[filing], threadId];

/** Runs a command of Codex for one session. What it complains of becomes a sentence. */
export const runFiling = async (
	filing: Filing,
	{threadId}: Pick<Origin, 'threadId'>,
	place: {env: Env; cwd: string},
): Promise<Trouble> => {
	const said = await ask(filingArguments(filing, threadId), place, filingMs);
	return said.isDone ? undefined : `Codex did not ${filing} it: ${firstLine(said.error) || 'it did not say why'}`;
};
