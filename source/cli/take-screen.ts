import type {ReadStream, WriteStream} from 'node:tty';

/** The terminal between the first byte and the first frame. */
export type Screen = {
	/** From here on somebody else gives the terminal back when the program ends. */
	handOver(): void;
	/** Gives the terminal back as it was, unless it was handed over or given back before. */
	leave(): void;
};

const enter = '\u001B[?1049h\u001B[2J\u001B[H\u001B[?25l';
const exit = '\u001B[?25h\u001B[?1049l';
const signals: readonly (string | symbol)[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
Takes the terminal before anything heavy loads: keys typed meanwhile are kept and not echoed, the cursor is
home, and the first line says what is coming.
*/
export const takeScreen = (stdin: ReadStream, stdout: WriteStream, firstLine: string): Screen => {
	let isOurs = true;
	const giveBack = (): void => {
		stdin.setRawMode(false);
		stdout.write(exit);
	};

	const screen: Screen = {
		handOver() {
			isOurs = false;
			process.off('exit', screen.leave);
		},
		leave() {
			if (isOurs) {
				screen.handOver();
				giveBack();
			}
		},
	};

	guardSignals(giveBack);
	process.on('exit', screen.leave);
	stdin.setRawMode(true);
	stdout.write(`${enter}${firstLine}`);
	return screen;
};

/**
Gives the terminal back when a signal ends the program, until somebody else listens for signals: Ink does so
from its first frame on, some time after the screen was handed over.
*/
const guardSignals = (giveBack: () => void): void => {
	const release = (): void => {
		process.off('newListener', onNewListener);
		for (const signal of signals) {
			process.off(signal, onSignal);
		}
	};

	const onSignal = (signal: NodeJS.Signals): void => {
		release();
		giveBack();
		process.kill(process.pid, signal);
	};

	/** Later, as a signal that came while modules loaded is still on its way to us. */
	const onNewListener = (name: string | symbol): void => {
		if (signals.includes(name)) {
			setImmediate(release);
		}
	};

	for (const signal of signals) {
		process.on(signal, onSignal);
	}

	process.on('newListener', onNewListener);
};
