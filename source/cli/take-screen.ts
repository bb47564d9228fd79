import type {ReadStream, WriteStream} from 'node:tty';

/** The terminal between the first byte and the first frame. */
export type Screen = {
	/** From here on somebody else restores the terminal. */
	handOver(): void;
	/** Gives the terminal back as it was, unless it was handed over or given back before. */
	leave(): void;
};

const enter = '\u001B[?1049h\u001B[2J\u001B[H\u001B[?25l';
const exit = '\u001B[?25h\u001B[?1049l';
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
Takes the terminal before anything heavy loads: keys typed meanwhile are kept and not echoed, the cursor is
home, and the first line says what is coming.
*/
export const takeScreen = (stdin: ReadStream, stdout: WriteStream, firstLine: string): Screen => {
	let isOurs = true;
	const end = (): void => {
		isOurs = false;
		process.off('exit', screen.leave);
		for (const signal of signals) {
			process.off(signal, onSignal);
		}
	};

	const screen: Screen = {
		handOver: end,
		leave() {
			if (isOurs) {
				end();
				stdin.setRawMode(false);
				stdout.write(exit);
			}
		},
	};

	const onSignal = (signal: NodeJS.Signals): void => {
		screen.leave();
		process.kill(process.pid, signal);
	};

	stdin.setRawMode(true);
	stdout.write(`${enter}${firstLine}`);
	process.on('exit', screen.leave);
	for (const signal of signals) {
		process.on(signal, onSignal);
	}

	return screen;
};
