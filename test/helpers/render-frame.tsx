import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import {render} from 'ink';
import type {ReactNode} from 'react';

type Size = {columns: number; rows: number};

/** A stdout of any size that keeps the last frame; in debug mode Ink writes whole frames. */
class Screen extends EventEmitter {
	readonly isTTY = true;
	readonly frames: string[] = [];
	columns: number;
	rows: number;

	constructor({columns, rows}: Size) {
		super();
		this.columns = columns;
		this.rows = rows;
	}

	write(frame: string): boolean {
		// The cursor is hidden and shown, and such things, beside frames.
		if (!/^(?:\u{1B}\[[?\d;]*[a-z])+$/iu.test(frame)) {
			this.frames.push(frame);
		}

		return true;
	}
}

class Keyboard extends PassThrough {
	readonly isTTY = true;
	setRawMode(): this {
		return this;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}
}

export type Rendered = {
	/** The last frame, with its colours. */
	frame: () => string;
	/** The last frame as text, one string per row. */
	lines: () => string[];
	/** Types bytes as a terminal would send them. */
	type: (bytes: string) => void;
	resize: (size: Size) => void;
	/** Resolves when the screen shows what is asked for; fails with the screen after two seconds. */
	see: (what: string | RegExp) => Promise<void>;
	unmount: () => void;
};

const withoutColours = (frame: string): string => frame.replaceAll(/\u{1B}\[[\d;]*m/gu, '');

const pause = async (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/** Renders on a screen of any size; ink-testing-library's is always 100 columns wide. */
export const renderFrame = (tree: ReactNode, size: Size): Rendered => {
	const stdout = new Screen(size);
	const stdin = new Keyboard();
	const instance = render(tree, {
		stdout: stdout as unknown as NodeJS.WriteStream,
		stdin: stdin as unknown as NodeJS.ReadStream,
		debug: true,
		exitOnCtrlC: false,
		patchConsole: false,
	});
	const frame = (): string => stdout.frames.at(-1) ?? '';
	const lines = (): string[] => withoutColours(frame()).split('\n');
	return {
		frame,
		lines,
		type(bytes) {
			stdin.write(bytes);
		},
		resize(next) {
			Object.assign(stdout, next);
			stdout.emit('resize');
		},
		async see(what) {
			const deadline = performance.now() + 2000;
			const isSeen = (): boolean => {
				const text = lines().join('\n');
				return typeof what === 'string' ? text.includes(what) : what.test(text);
			};
			while (!isSeen()) {
				if (performance.now() > deadline) {
					throw new Error(`The screen never showed ${what}:\n${lines().join('\n')}`);
				}

				await pause(5);
			}
		},
		unmount() {
			instance.unmount();
		},
	};
};
