import fs from 'node:fs';
import os from 'node:os';
import process from 'node:process';

/** Linux alone has a priority per thread; elsewhere a lower one would slow down what draws as well. */
const hasThreadPriorities = process.platform === 'linux';

const {PRIORITY_BELOW_NORMAL: below} = os.constants.priority;

/** How a thread stands whose answers are waited for, but not by each frame. */
export const helpful = below / 2;

/**
Lets other threads go before the calling one where processors are few: a key is answered in half the time while logs are
read.
*/
export const giveWay = (priority: number = below): void => {
	if (hasThreadPriorities) {
		lower(0, priority);
	}
};

/** Lets all threads of the program go before those in which V8 compiles and collects garbage for each of them. */
export const compilersGiveWay = (): void => {
	if (!hasThreadPriorities) {
		return;
	}

	try {
		for (const thread of fs.readdirSync('/proc/self/task')) {
			if (fs.readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').startsWith('V8Worker')) {
				lower(Number(thread), below);
			}
		}
	} catch {
		// Without /proc nobody knows which threads these are.
	}
};

const lower = (thread: number, priority: number): void => {
	try {
		os.setPriority(thread, priority);
	} catch {
		// Somebody runs the whole program at an even lower one.
	}
};
