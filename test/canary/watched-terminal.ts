import type {Terminal} from '../helpers/terminal.js';

/** A terminal whose every screen is kept, cut into its panes so that lines that were broken there can be joined. */
export class WatchedTerminal {
	readonly screens = new Set<string>();

	constructor(readonly terminal: Terminal) {}

	/** Presses keys one after the other and waits each time until the screen is still. */
	async press(...keys: string[]): Promise<void> {
		for (const key of keys) {
			await this.terminal.press(key);
			await this.look();
		}
	}

	async look(): Promise<void> {
		await this.terminal.quiet(stillMs);
		this.screens.add(panesOf(this.terminal.lines()));
	}

	/** Presses a key until it changes nothing any more. */
	async pressToTheEnd(key: string, most = mostPresses): Promise<void> {
		for (let time = 0, before = ''; time < most && before !== this.terminal.screen(); time++) {
			before = this.terminal.screen();
			await this.press(key);
		}
	}

	/** All that the terminal was told, and all that stood on it. */
	everything(): string {
		return [this.terminal.written, ...this.screens].join('\n\n');
	}
}

const stillMs = 30;
const mostPresses = 60;

/** The screen as it is, and each pane of it from top to bottom. */
const panesOf = (lines: readonly string[]): string => {
	const cells = lines.map(line => line.split(/[│┃|]/));
	const widest = Math.max(...cells.map(row => row.length));
	const panes = Array.from({length: widest}, (_, index) => cells.map(row => row[index] ?? '').join('\n'));
	return [lines.join('\n'), ...panes].join('\n');
};
