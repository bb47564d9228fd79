import {type SpawnOptions, spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {setImmediate as breath} from 'node:timers/promises';

/** Signals that keys send to every program of a terminal: they are meant for the one that has it. */
const fromKeys: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];

const ignore = (): void => {};

/** Whoever listened for keys has just ceased to; a stream that is not told so before it pauses goes on reading. */
const stopReading = async (): Promise<void> => {
	await breath();
	process.stdin.pause();
	await breath();
};

/** How a program ended: its exit code, or the name of a signal. */
export type Ending = number | NodeJS.Signals;

/**
Runs a program in the terminal that was handed over, and waits until it ends. Rejects where it cannot be started. This program stops
reading keys first: whatever Node reads, the other one does not get.
*/
export const runInTerminal = async (
	[file = '', ...args]: readonly string[],
	options: Pick<SpawnOptions, 'cwd' | 'env' | 'shell'>,
): Promise<Ending> => {
	await stopReading();
	const child = spawn(file, args, {...options, stdio: 'inherit'});
	const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
	return code ?? signal ?? 1;
};

/** Does something while the terminal is lent, from before its keys make signals again until they no longer do. */
export const withoutKeySignals = async <T>(work: () => Promise<T>): Promise<T> => {
	for (const signal of fromKeys) {
		process.on(signal, ignore);
	}

	try {
		return await work();
	} finally {
		for (const signal of fromKeys) {
			process.off(signal, ignore);
		}
	}
};

/** Leaves what a program said last on screen until a person has read it. */
export const waitForEnter = async (words: string): Promise<void> => {
	process.stdout.write(`\n${words} Press Enter to go back.`);
	process.stdin.resume();
	await once(process.stdin, 'data');
	await stopReading();
};
