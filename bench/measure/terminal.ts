import fs from 'node:fs';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import pty from '@lydell/node-pty';
import headless from '@xterm/headless';

/** Ends each whole frame of a program that draws without flicker. */
const frameEnd = Buffer.from('\u001B[?2026l');

/** Questions about the terminal, and what a dark xterm answers. */
const kindQuestion = '\u001B[c';
const kindAnswer = '\u001B[?62;22c';
const backgroundQuestion = '\u001B]11;?';
const darkBackground = '\u001B]11;rgb:0000/0000/0000\u001B\\';

/** A frame is over when nothing has come for so long. */
const quietMs = 60;

/** A key that has drawn nothing after so long draws nothing at all. */
const patienceMs = 250;

const ticksPerSecond = 100;

export type KeyTime = {lastByteMs: number; bytes: number; frames: number};

export type Size = {cols: number; rows: number};

/** Node in a real pseudo-terminal, seen from outside: when its bytes came and what they drew. */
export class MeasuredTerminal {
	firstByteAt = 0;
	lastByteAt = 0;
	bytes = 0;
	frames = 0;
	/** When the first whole frame had come; 0 before. */
	firstFrameAt = 0;
	readonly startedAt = performance.now();
	readonly ended: Promise<number>;
	/** Drawing costs time on the thread that holds the clock: off while keys are timed. */
	isDrawing = false;
	private hasEnded = false;
	private hasAnswered = false;
	private undrawn: Buffer[] = [];
	private tail: Buffer = Buffer.alloc(0);
	private readonly screen: headless.Terminal;
	private readonly pty: pty.IPty;

	constructor(
		args: readonly string[],
		env: Record<string, string>,
		private readonly size: Size = {cols: 200, rows: 60},
	) {
		const {CI: _ci, CONTINUOUS_INTEGRATION: _continuous, ...rest} = process.env;
		this.screen = new headless.Terminal({...size, allowProposedApi: true, scrollback: 0});
		this.startedAt = performance.now();
		this.pty = pty.spawn(process.execPath, [...args], {
			...size,
			name: 'xterm-256color',
			env: {...rest, TERM: 'xterm-256color', ...env},
			encoding: null,
		});
		this.pty.onData(data => this.take(data as string | Buffer));
		this.ended = new Promise(resolve => {
			this.pty.onExit(() => {
				this.hasEnded = true;
				resolve(performance.now() - this.startedAt);
			});
		});
	}

	/** Waits for the first frame to end; answers milliseconds since the start. */
	async firstFrame(): Promise<number> {
		await this.until(() => this.firstFrameAt > 0, 'drew no frame');
		return this.firstFrameAt - this.startedAt;
	}

	/** Waits for a screen; answers milliseconds from the start to the last byte that it needed. */
	async shows(isShown: (text: string) => boolean, what: string): Promise<number> {
		this.isDrawing = true;
		let drawnAt = 0;
		await this.until(async () => {
			if (this.undrawn.length === 0) {
				return false;
			}

			drawnAt = this.lastByteAt;
			await this.draw();
			return isShown(this.text());
		}, `never showed ${what}`);
		this.isDrawing = false;
		return drawnAt - this.startedAt;
	}

	/** Presses a key and waits until its last byte has come. */
	async press(key: string): Promise<KeyTime> {
		this.undrawn.length = 0;
		const before = {bytes: this.bytes, frames: this.frames};
		const at = performance.now();
		this.pty.write(key);
		await this.quiet(at);
		const hasDrawn = this.bytes > before.bytes;
		return {
			lastByteMs: hasDrawn ? this.lastByteAt - at : Number.NaN,
			bytes: this.bytes - before.bytes,
			frames: this.frames - before.frames,
		};
	}

	/** Presses a key and waits for nothing. */
	type(key: string): void {
		this.pty.write(key);
	}

	/** The screen as it is now, with everything drawn that has come since the last look. */
	async look(): Promise<string> {
		await this.draw();
		return this.text();
	}

	/** Presses a key many times, as often a second as given, whether or not the program keeps up. */
	async hold(key: string, times: number, perSecond: number): Promise<{framesPerSecond: number; backlogMs: number}> {
		const {frames} = this;
		const from = performance.now();
		let lastKeyAt = from;
		for (let count = 0; count < times; count++) {
			const due = from + (count * 1000) / perSecond;
			while (performance.now() < due) {
				await sleep(Math.max(0, Math.min(4, due - performance.now())));
			}

			this.pty.write(key);
			lastKeyAt = performance.now();
			this.undrawn.length = 0;
		}

		await this.quiet(lastKeyAt);
		const seconds = (Math.max(this.lastByteAt, lastKeyAt) - from) / 1000;
		return {framesPerSecond: (this.frames - frames) / seconds, backlogMs: Math.max(0, this.lastByteAt - lastKeyAt)};
	}

	/** Waits until nothing has come for a while. */
	async quiet(since = performance.now()): Promise<void> {
		for (;;) {
			await sleep(2);
			const now = performance.now();
			const hasDrawn = this.lastByteAt > since;
			if (this.hasEnded || now - (hasDrawn ? this.lastByteAt : since) > (hasDrawn ? quietMs : patienceMs)) {
				return;
			}
		}
	}

	/** Processor seconds used so far and resident megabytes now; undefined where the system does not tell. */
	usage(): {cpuSeconds: number; residentMB: number} | undefined {
		try {
			const stat = fs.readFileSync(`/proc/${this.pty.pid}/stat`, 'utf8');
			const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
			const resident = /VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${this.pty.pid}/status`, 'utf8'))?.[1];
			return {
				cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
				residentMB: Number(resident) / 1024,
			};
		} catch {
			return undefined;
		}
	}

	async quit(): Promise<void> {
		this.pty.write('q');
		for (let wait = 0; wait < 300 && !this.hasEnded; wait++) {
			await sleep(5);
		}

		this.kill();
	}

	kill(): void {
		if (!this.hasEnded) {
			this.pty.kill('SIGKILL');
		}

		this.screen.dispose();
	}

	text(): string {
		const {active} = this.screen.buffer;
		return Array.from({length: this.size.rows}, (_, y) => active.getLine(y)?.translateToString(true) ?? '').join('\n');
	}

	private take(data: string | Buffer): void {
		const now = performance.now();
		const bytes = typeof data === 'string' ? Buffer.from(data) : data;
		this.firstByteAt ||= now;
		this.lastByteAt = now;
		this.bytes += bytes.length;
		const joined = Buffer.concat([this.tail, bytes]);
		for (let at = joined.indexOf(frameEnd); at !== -1; at = joined.indexOf(frameEnd, at + 1)) {
			this.frames++;
			this.firstFrameAt ||= now;
		}

		this.answer(joined);
		// Shorter than the mark, so that none is counted twice.
		this.tail = joined.subarray(Math.max(0, joined.length - frameEnd.length + 1));
		this.undrawn.push(bytes);
	}

	/** Tells a program that asks which terminal this is, at once, as real ones do. */
	private answer(asked: Buffer): void {
		if (!this.hasAnswered && asked.includes(kindQuestion)) {
			this.hasAnswered = true;
			this.pty.write(asked.includes(backgroundQuestion) ? `${darkBackground}${kindAnswer}` : kindAnswer);
		}
	}

	private async draw(): Promise<void> {
		const bytes = Buffer.concat(this.undrawn.splice(0));
		await new Promise<void>(resolve => this.screen.write(bytes, resolve));
	}

	private async until(isDone: () => boolean | Promise<boolean>, complaint: string): Promise<void> {
		const patience = performance.now() + 30_000;
		while (!(await isDone())) {
			if (performance.now() > patience || this.hasEnded) {
				await this.draw();
				const text = this.text();
				this.kill();
				throw new Error(`The program ${this.hasEnded ? 'ended' : complaint}. Its screen:\n${text}`);
			}

			await sleep(1);
		}
	}
}

/** Node's own start and end in the same kind of terminal. */
export const bareNodeInTerminal = async (): Promise<number> => {
	const terminal = new MeasuredTerminal(['-e', '0'], {});
	return terminal.ended;
};
