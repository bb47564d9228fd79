import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type {Place} from '../pty/program.js';

export type Ran = {exitCode: number | null; stdout: string; stderr: string};

/** Runs a command of the built program on a place, whose folder for temporary files is its own too. */
export const runProgram = async (
	place: Place,
	args: readonly string[],
	{env = {}, input}: {env?: Record<string, string | undefined>; input?: Buffer | undefined} = {},
): Promise<Ran> => {
	const [file = '', ...all] = await place.command(...args);
	const temporary = path.join(place.folder, 'tmp');
	fs.mkdirSync(temporary, {recursive: true});
	const child = spawn(file, all, {
		cwd: place.folder,
		env: {...process.env, ...place.env(), TMPDIR: temporary, ...env},
	});
	const chunks: Record<'stdout' | 'stderr', Buffer[]> = {stdout: [], stderr: []};
	child.stdout.on('data', (chunk: Buffer) => chunks.stdout.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => chunks.stderr.push(chunk));
	child.stdin.end(input);
	const exitCode = await new Promise<number | null>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	const text = (name: 'stdout' | 'stderr'): string => Buffer.concat(chunks[name]).toString('utf8');
	return {exitCode, stdout: text('stdout'), stderr: text('stderr')};
};

/** Options of Node that make the program fail, in its own words, when it first writes to its standard output. */
export const failingWith = (words: string): string => {
	const code = `process.stdout.write = () => { throw new TypeError(${JSON.stringify(`cannot take ${words}`)}); };`;
	return `--import=data:text/javascript,${encodeURIComponent(code).replaceAll("'", '%27')}`;
};

/** Every file that the program made and that is none of its databases, with its name as part of its text. */
export const filesWritten = (place: Place): {name: string; text: string}[] =>
	(fs.readdirSync(place.folder, {recursive: true}) as string[])
		.filter(name => !/^\.codex|\.db(?:-wal|-shm)?$|node-compile-cache/.test(name))
		.filter(name => fs.statSync(path.join(place.folder, name)).isFile())
		.map(name => ({name, text: `${name}\n${fs.readFileSync(path.join(place.folder, name), 'utf8')}`}));
