import {homedir} from 'node:os';
import process from 'node:process';
import {setImmediate as turn} from 'node:timers/promises';
import {render} from 'ink';
import {keyboardOnly} from './app/bind-keys.js';
import type {Clipboard} from './app/command.js';
import type {Covering} from './app/covering.js';
import {createExplorer} from './app/explorer.js';
import type {KeyMap} from './app/key-bindings.js';
import type {HandOver, OriginOf, Outside} from './app/outside.js';
import type {Reporter} from './app/reporter.js';
import type {SumUsage} from './app/usage-feed.js';
import type {ShownSearch, ShownStore} from './disclose/shown.js';
import type {IngestHandle} from './ingest/progress.js';
import type {SessionSummary} from './model/session.js';
import {App} from './panes/app.js';
import {themeEnvironment} from './panes/environment.js';
import {inputWithoutMouse} from './panes/mouse/input-without-mouse.js';
import {mouseOff, mouseOn} from './panes/mouse/use-mouse.js';
import {askBackground} from './panes/terminal-background.js';
import {createTerminalLoan} from './panes/terminal-loan.js';
import {asksBackground, type Theme} from './panes/theme.js';
import {lazy} from './text/lazy.js';
import {preparations} from './text/prepare.js';

export {bindKeys} from './app/bind-keys.js';
export {readThemes} from './panes/own-themes.js';

export type ExploreOptions = {
	store: ShownStore;
	/** Rejects when the store cannot be opened, which ends the explorer. */
	ready: Promise<void>;
	ingest: IngestHandle;
	/** Sessions read from the heads of their files before the store knows them; shown until it does. */
	preview?: Promise<SessionSummary[]>;
	keys: KeyMap;
	theme: string;
	themes: ReadonlyMap<string, Theme>;
	/** Whether presses of the mouse and its wheel do something. */
	mouse: boolean;
	/** Prints what is selected line by line, for screen readers, instead of drawing panes. */
	isSpoken: boolean;
	/** Whether nothing was read here before. */
	isFirstRun: boolean;
	/** Loads what sums up and prices token usage, for the usage view. */
	loadUsage?: () => Promise<SumUsage>;
	/** Search over everything; without it there is no search view. */
	search?: ShownSearch;
	/** Reveals sessions, and tells when something may be shown otherwise. */
	covering?: Covering;
	copy?: Clipboard;
	/** Writes a text that no clipboard took into a file; answers its path, as the person knows it. */
	keep?: (text: string) => Promise<string>;
	/** Finds where sessions came from, for acting on them. */
	origin?: OriginOf;
	/** Opens what keys lead to outside of the explorer: Codex, editors, pagers. */
	outside?: (handOver: HandOver) => Promise<Outside>;
	/** Loads what makes reports. */
	loadReporter?: () => Promise<Reporter>;
	/** Tells a person who may be looking elsewhere that something happened. */
	notify?: (text: string) => void;
	/** The folder that sessions come from, as the person knows it. */
	homeLabel: string;
	now?: () => Date;
};

/** The other screen, empty, cursor home: Ink draws its first frame where the cursor happens to be. */
const freshScreen = '\u{1B}[?1049h\u{1B}[H\u{1B}[J';

/** How long the first frame waits for the terminal's colours, which mostly come sooner. */
const coloursMs = 30;

/** How long it waits for sessions, which need the rules of redaction. */
const sessionsMs = 30;

/** How long a stopping ingest may keep a person waiting who has quit. */
const stopMs = 500;

const within = async (work: Promise<unknown>, ms: number): Promise<void> => {
	const {promise, resolve} = Promise.withResolvers<void>();
	const timer = setTimeout(resolve, ms);
	await Promise.race([work, promise]);
	clearTimeout(timer);
};

/** One step after the other: a key is answered between two of them. */
const prepare = async (): Promise<void> => {
	for (const step of preparations) {
		await turn();
		step();
	}
};

/**
Shows the explorer until the person quits, then stops the ingest. The terminal is as it was before when this
settles; a mistake of ours rejects, so that its stack is printed on the normal screen.
*/
export const explore = async (options: ExploreOptions): Promise<void> => {
	const {stdout} = process;
	const hasMouse = options.mouse && !options.isSpoken;
	const terminal = createTerminalLoan(hasMouse ? isOn => stdout.write(isOn ? mouseOn : mouseOff) : undefined);
	const {outside, notify} = options;
	const explorer = createExplorer({
		...options,
		ownThemes: [...options.themes.keys()],
		// Who listens sees no status line, which tells others these keys every time.
		isWelcome: options.isFirstRun || options.isSpoken,
		outside: outside && lazy(() => outside(terminal.handOver)),
		notify: text => !terminal.isLent() && notify?.(text),
		keys: hasMouse ? options.keys : keyboardOnly(options.keys),
		userHome: homedir(),
		size: {columns: stdout.columns || 80, rows: stdout.rows || 24},
		onQuit() {
			// An empty frame first: some terminals keep rows of the other screen that were drawn after a resize.
			instance.rerender(null);
			instance.unmount();
		},
	});

	const surroundings = themeEnvironment(process.env);
	const isAsked =
		!options.isSpoken &&
		asksBackground(options.theme) &&
		!surroundings.noColour &&
		surroundings.background === undefined;
	const [background] = await Promise.all([
		isAsked ? askBackground(process.stdin, stdout, coloursMs) : undefined,
		within(explorer.start(), sessionsMs),
	]);
	const environment = {...surroundings, background: surroundings.background ?? background, own: options.themes};
	if (!options.isSpoken) {
		stdout.write(freshScreen);
	}

	const instance = render(
		<App explorer={explorer} environment={environment} hasMouse={hasMouse} onTerminal={terminal.take} />,
		{
			stdin: hasMouse ? inputWithoutMouse(process.stdin, explorer.point) : process.stdin,
			alternateScreen: !options.isSpoken,
			isScreenReaderEnabled: options.isSpoken,
			incrementalRendering: true,
			// What an answer of the store draws need not wait for the frame of its key to grow old.
			maxFps: 250,
			patchConsole: true,
			exitOnCtrlC: false,
		},
	);
	// Rows are still on their way.
	void prepare();
	let failure: {error: unknown} | undefined;
	options.ready.catch((error: unknown) => {
		failure = {error};
		instance.unmount();
	});
	try {
		await instance.waitUntilExit();
		if (failure) {
			throw failure.error;
		}
	} finally {
		explorer.stop();
		await within(options.ingest.stop(), stopMs);
	}
};
