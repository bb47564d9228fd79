import {type ChildProcess, type SpawnOptions, spawn} from 'node:child_process';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

export type Child = {
	process: ChildProcess;
	stdout: () => string;
	stderr: () => string;
	/** Resolves when the process has ended and all that it wrote has come. */
	ended: Promise<{exitCode: number | null; signal: string | null; stdout: string; stderr: string}>;
};

/** How often what is tried again and again is tried: few times in `npm test`, many in `npm run test:faults`. */
export const faultRounds = (few: number, many: number): number => (process.env['FAULTS'] === 'many' ? many : few);

/** Runs Node with arguments, TypeScript included. */
export const startNode = (args: readonly string[], options: SpawnOptions = {}): Child => {
	const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), ...args], options);
	let stdout = '';
	let stderr = '';
	child.stdout?.on('data', chunk => {
		stdout += String(chunk);
	});
	child.stderr?.on('data', chunk => {
		stderr += String(chunk);
	});
	const {promise, resolve, reject} = Promise.withResolvers<Awaited<Child['ended']>>();
	child.on('error', reject);
	child.on('close', (exitCode, signal) => resolve({exitCode, signal, stdout, stderr}));
	return {process: child, stdout: () => stdout, stderr: () => stderr, ended: promise};
};

/** Path of a script beside these tests. */
export const scriptPath = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
