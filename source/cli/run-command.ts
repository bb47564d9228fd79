import process from 'node:process';
import {services} from './default-services.js';
import {main} from './main.js';

/** Runs a command in this process. Answers the exit code. */
export const runCommand = (args: readonly string[]): Promise<number> =>
	main(args, {stdout: process.stdout, stderr: process.stderr, services, stdin: () => process.stdin});
