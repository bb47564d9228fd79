import os from 'node:os';
import process from 'node:process';

/**
Lets other threads go before the calling one where processors are few: a key is answered in half the time while logs are
read. Linux alone has a priority per thread; elsewhere it would slow down what draws as well.
*/
export const giveWay = (): void => {
	if (process.platform !== 'linux') {
		return;
	}

	try {
		os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
	} catch {
		// Somebody runs the whole program at an even lower one.
	}
};
