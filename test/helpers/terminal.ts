import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import pty from '@lydell/node-pty';
import graphemes from '@xterm/addon-unicode-graphemes';
import headless from '@xterm/headless';

export type Size = {cols: number; rows: number};

export type LaunchOptions = Partial<Size> & {
	cwd?: string;
	/** Added to this process's own; undefined takes a variable away. */
	env?: Readonly<Record<string, string | undefined>>;
	/** What the terminal says of its background when asked; it keeps quiet when absent. */
	background?: 'dark' | 'light';
};

/** Whoever kills the program at the end whatever happened: a test's context, or a script. */
export type Owner = {after: (work: () => void) => void};

export type Ended = {exitCode: number; signal: number | undefined};

const pollMs = 10;
const patienceMs = 10_000;

/** A lone Esc is one only when nothing follows it at once. */
const loneEscapeMs = 200;

const keys: Readonly<Record<string, string>> = {
	Enter: '\r',
	Tab: '\t',
	ShiftTab: '\u001B[Z',
	Esc: '\u001B',
	Space: ' ',
	Backspace: '\u007F',
	Del: '\u001B[3~',
	Up: '\u001B[A',
	Down: '\u001B[B',
	Right: '\u001B[C',
	Left: '\u001B[D',
	Home: '\u001B[H',
	End: '\u001B[F',
	PgUp: '\u001B[5~',
	PgDn: '\u001B[6~',
};

const backgrounds = {dark: 'rgb:1616/1818/1d1d', light: 'rgb:ffff/ffff/ffff'};

/** A program in a real pseudo-terminal, with an emulator that shows what a person would see. */
export class Terminal {
	/** Everything that the program wrote. */
	written = '';
	isCursorVisible = true;
	readonly pid: number;
	private ended: Ended | undefined;
	private lastByteAt = performance.now();
	private drawn: Promise<void> = Promise.resolve();
	private readonly emulator: headless.Terminal;
	private readonly pty: pty.IPty;

	constructor([file = '', ...args]: readonly string[], {cols = 100, rows = 30, cwd, env, background}: LaunchOptions) {
		// Ink draws no frames where it believes to be in a build server.
		const {CI: _ci, CONTINUOUS_INTEGRATION: _continuous, NO_COLOR: _no, FORCE_COLOR: _force, ...own} = process.env;
		const all = {...own, TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8', ...env};
		this.emulator = new headless.Terminal({cols, rows, allowProposedApi: true, scrollback: 200});
		this.emulator.loadAddon(new graphemes.UnicodeGraphemesAddon());
		this.pty = pty.spawn(file, args, {
			cols,
			rows,
			name: all.TERM,
			cwd: cwd ?? process.cwd(),
			env: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
		});
		this.pid = this.pty.pid;
		this.emulator.onData(reply => this.write(reply));
		this.watchModes(background);
		this.pty.onData(data => this.take(data));
		this.pty.onExit(({exitCode, signal}) => {
			this.ended = {exitCode, signal};
		});
	}

	/** Waits until the screen shows something. */
	async see(what: string | RegExp, patience = patienceMs): Promise<void> {
		const isShown = (): boolean =>
			typeof what === 'string' ? this.screen().includes(what) : this.screen().search(what) !== -1;
		await this.until(isShown, `never showed ${String(what)}`, patience);
	}

	/** Waits until the screen shows something no more. */
	async miss(what: string | RegExp): Promise<void> {
		const isShown = (): boolean =>
			typeof what === 'string' ? this.screen().includes(what) : this.screen().search(what) !== -1;
		await this.until(() => !isShown(), `still shows ${String(what)}`);
	}

	/** Presses keys by name (`Enter`, `PgDn`), or types text. */
	async press(...names: string[]): Promise<void> {
		for (const name of names) {
			this.write(keys[name] ?? name);
			if (name === 'Esc') {
				await sleep(loneEscapeMs);
				await this.quiet();
			}
		}
	}

	/** Presses the left button where a text stands on screen, the lowest of several; or turns the wheel there. */
	click(text: string, times = 1): void {
		const {column, row} = this.placeOf(text);
		for (let time = 0; time < times; time++) {
			this.write(`\u001B[<0;${column};${row}M\u001B[<0;${column};${row}m`);
		}
	}

	wheel(text: string, steps: number): void {
		const {column, row} = this.placeOf(text);
		this.write(`\u001B[<${steps < 0 ? 64 : 65};${column};${row}M`.repeat(Math.abs(steps)));
	}

	/** As if the person dragged the window's corner. */
	resize({cols, rows}: Size): void {
		this.pty.resize(cols, rows);
		this.emulator.resize(cols, rows);
	}

	/** Waits until the program has ended and all that it wrote is drawn. */
	async exited(patience = patienceMs): Promise<Ended> {
		await this.until(() => this.ended !== undefined, 'did not end', patience);
		return this.ended ?? {exitCode: -1, signal: undefined};
	}

	/** Waits until nothing has been written for a while. */
	async quiet(ms = 80): Promise<void> {
		this.lastByteAt = performance.now();
		while (performance.now() - this.lastByteAt < ms) {
			await sleep(pollMs);
		}

		await this.drawn;
	}

	/** Closes the window, as a person who has had enough. */
	close(): void {
		(this.pty as pty.IPty & {destroy: () => void}).destroy();
	}

	/** Ends the program and all that it started. */
	kill(): void {
		if (this.ended === undefined) {
			try {
				process.kill(-this.pid, 'SIGKILL');
			} catch {
				// It has ended by itself just now.
			}
		}

		this.close();
		this.emulator.dispose();
	}

	/** Rows of the screen without the blanks at their ends. */
	lines(): string[] {
		const {active} = this.emulator.buffer;
		return Array.from(
			{length: this.emulator.rows},
			(_, y) => active.getLine(active.baseY + y)?.translateToString(true) ?? '',
		);
	}

	screen(): string {
		return this.lines().join('\n');
	}

	/** A cell's character and colours; for pictures. */
	cell(x: number, y: number): headless.IBufferCell | undefined {
		const {active} = this.emulator.buffer;
		return active.getLine(active.baseY + y)?.getCell(x);
	}

	get size(): Size {
		return {cols: this.emulator.cols, rows: this.emulator.rows};
	}

	/** `normal` is the screen of the shell, `alternate` that of full-screen programs. */
	get buffer(): 'normal' | 'alternate' {
		return this.emulator.buffer.active.type;
	}

	/** Whether presses of the mouse reach the program. */
	get isMouseTaken(): boolean {
		return this.emulator.modes.mouseTrackingMode !== 'none';
	}

	get isPasteBracketed(): boolean {
		return this.emulator.modes.bracketedPasteMode;
	}

	async until(isSo: () => boolean, complaint: string, patience = patienceMs): Promise<void> {
		for (const deadline = performance.now() + patience; ; await sleep(pollMs)) {
			const hasEnded = this.ended !== undefined;
			await this.drawn;
			if (isSo()) {
				return;
			}

			if (hasEnded || performance.now() > deadline) {
				const how = hasEnded ? `, and has ended with ${JSON.stringify(this.ended)}` : ` within ${patience} ms`;
				throw new Error(`The program ${complaint}${how}. Its screen:\n${this.framed()}`);
			}
		}
	}

	private placeOf(text: string): {column: number; row: number} {
		const lines = this.lines();
		const row = lines.findLastIndex(line => line.includes(text));
		if (row < 0) {
			throw new Error(`There is no ${text} on screen:\n${this.framed()}`);
		}

		return {column: (lines[row] ?? '').indexOf(text) + 1, row: row + 1};
	}

	private framed(): string {
		const edge = '─'.repeat(this.emulator.cols);
		return [edge, ...this.lines(), edge].join('\n');
	}

	private write(text: string): void {
		if (this.ended === undefined) {
			this.pty.write(text);
		}
	}

	private take(data: string): void {
		this.written += data;
		this.lastByteAt = performance.now();
		this.drawn = this.drawn.then(async () => new Promise(resolve => this.emulator.write(data, resolve)));
	}

	private watchModes(background: LaunchOptions['background']): void {
		const {parser} = this.emulator;
		const watch = (isVisible: boolean) => (params: (number | number[])[]) => {
			if (params.includes(25)) {
				this.isCursorVisible = isVisible;
			}

			return false;
		};

		parser.registerCsiHandler({prefix: '?', final: 'h'}, watch(true));
		parser.registerCsiHandler({prefix: '?', final: 'l'}, watch(false));
		parser.registerOscHandler(11, data => {
			if (data === '?' && background !== undefined) {
				this.write(`\u001B]11;${backgrounds[background]}\u001B\\`);
			}

			return true;
		});
	}
}

/** Runs a command in a terminal of its own; it is killed when its owner is done. */
export const launch = (owner: Owner, command: readonly string[], options: LaunchOptions = {}): Terminal => {
	const terminal = new Terminal(command, options);
	owner.after(() => terminal.kill());
	return terminal;
};
