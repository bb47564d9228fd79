import type {SuspendTerminal} from 'ink';
import type {HandOver} from '../app/outside.js';

/** The terminal, to be lent to another program: Ink leaves its screen, draws nothing and reads no key until it is back. */
export type TerminalLoan = {
	/** Takes what Ink lends the terminal with, once it has it. */
	take: (suspend: SuspendTerminal) => void;
	isLent: () => boolean;
	handOver: HandOver;
};

/** `report` tells the terminal whether to report the mouse, where it does so for the explorer. */
export const createTerminalLoan = (report?: (isOn: boolean) => void): TerminalLoan => {
	let suspend: SuspendTerminal | undefined;
	let isLent = false;
	return {
		take(given) {
			suspend = given;
		},
		isLent: () => isLent,
		async handOver<T>(work: () => Promise<T>): Promise<T> {
			if (suspend === undefined) {
				throw new Error('The terminal is not ours yet.');
			}

			isLent = true;
			report?.(false);
			try {
				const results: T[] = [];
				await suspend(async () => {
					results.push(await work());
				});
				return results[0] as T;
			} finally {
				isLent = false;
				report?.(true);
			}
		},
	};
};
