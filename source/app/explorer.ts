import type {ShownSearch, ShownStore} from '../disclose/shown.js';
import type {IngestHandle, IngestProgress} from '../ingest/progress.js';
import type {SessionId, SessionSummary} from '../model/session.js';
import type {ScreenSize} from '../view/layout.js';
import type {Clipboard} from './command.js';
import {commands, editTyped, stillReading} from './commands.js';
import type {Covering} from './covering.js';
import {createData} from './data.js';
import {nextStep} from './destination.js';
import {createHeldKeys} from './held-keys.js';
import {defaultKeys, type KeyMap, type Scope} from './key-bindings.js';
import {commandOf, keyOf} from './key-lookup.js';
import {typedText} from './key-names.js';
import {isAwaitingRows, opensPreview} from './loading.js';
import {choose, chooseAt} from './menu-choices.js';
import type {MenuId} from './menus.js';
import type {OriginOf, Outside, Trouble} from './outside.js';
import {overlayContent} from './overlay-content.js';
import {createPointing} from './point.js';
import type {PointerEvent} from './pointer.js';
import {reduce} from './reduce.js';
import type {Reporter} from './reporter.js';
import {type Screen, screenOf} from './screen.js';
import {type Action, initialState, isWindow, type State} from './state.js';
import {throttled} from './throttle.js';
import type {SumUsage} from './usage-feed.js';

export type ExplorerOptions = {
	store: ShownStore;
	ingest: IngestHandle;
	/** Other ways to see what the store has; without it nothing can be revealed. */
	covering?: Covering | undefined;
	/** Search over everything; without it there is no search view. */
	search?: ShownSearch | undefined;
	/** Without it there is no clipboard. */
	copy?: Clipboard | undefined;
	/** Writes a text that no clipboard took into a file; answers its path, as the person knows it. */
	keep?: ((text: string) => Promise<string>) | undefined;
	/** Sessions read from the heads of their files before the store knows them. */
	preview?: Promise<SessionSummary[]> | undefined;
	/** What keys do; the defaults when absent. */
	keys?: KeyMap | undefined;
	theme?: string | undefined;
	/** Read aloud row by row instead of drawn. */
	isSpoken?: boolean | undefined;
	/** Tells a newcomer the first keys, until one is pressed. */
	isWelcome?: boolean | undefined;
	/** Names of themes beside those that come with the program. */
	ownThemes?: readonly string[] | undefined;
	/** The folder that sessions come from, as the person knows it. */
	homeLabel: string;
	/** The person's home folder, drawn as `~`. */
	userHome?: string | undefined;
	size: ScreenSize;
	now?: (() => Date) | undefined;
	/** Loads what sums up and prices token usage; without it there is no usage view. */
	loadUsage?: (() => Promise<SumUsage>) | undefined;
	/** Programs that keys lead to: Codex, editors, pagers. */
	outside?: (() => Promise<Outside>) | undefined;
	/** Loads what makes reports; without it there are none. */
	loadReporter?: (() => Promise<Reporter>) | undefined;
	/** Where sessions came from, for acting on them. */
	origin?: OriginOf | undefined;
	/** Tells a person who may be looking elsewhere that something happened. */
	notify?: ((text: string) => void) | undefined;
	/** How long a key must rest before what it selects is read, in ms. */
	quietMs?: number | undefined;
	/** Time in ms that double clicks are measured by. */
	clock?: (() => number) | undefined;
	onQuit: () => void;
};

/** The explorer without its terminal: keys in, screens out. */
export type Explorer = {
	state: () => State;
	/** What to draw now; the same object until something changes. */
	screen: () => Screen;
	/** One key by name, see `key-names.ts`. */
	press: (key: string) => void;
	/** A press of the mouse or a turn of its wheel. */
	point: (event: PointerEvent) => void;
	paste: (text: string) => void;
	resize: (size: ScreenSize) => void;
	choose: (menu: MenuId, value: string) => void;
	/** Calls back after changes, once per turn of the event loop. */
	subscribe: (listener: () => void) => () => void;
	/** Resolves when the first sessions are shown. */
	start: () => Promise<void>;
	stop: () => void;
};

const scopeOf = (state: State): Scope => {
	if (state.overlay) {
		const {kind} = state.overlay;
		return kind === 'help' || kind === 'problems' || kind === 'compare' ? 'overlay' : kind;
	}

	return state.typing ? 'typing' : state.selection ? 'select' : 'panes';
};

const isTyping = (scope: Scope): boolean =>
	scope === 'typing' || scope === 'search' || scope === 'palette' || scope === 'entry' || scope === 'filing';

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Time between two figures of progress. */
const progressMs = 330;

/** Logs are looked for this long before it is said. */
const quietFindingMs = 300;

/** Keys repeat every 30 to 40 ms while held; what they pass over is not read. */
const quietMs = 45;

/** Rounds of following before a loop is assumed; the panes depend on each other three deep. */
const mostRounds = 12;

export const createExplorer = (options: ExplorerOptions): Explorer => {
	const {store, ingest, homeLabel, onQuit, keys = defaultKeys, now = () => new Date()} = options;
	let state = initialState(options.size, options);
	let screen: Screen | undefined;
	let isFollowing = false;
	let isBehind = false;
	let isTold = false;
	let hasQuit = false;
	const listeners = new Set<() => void>();

	const redraw = (): void => {
		screen = undefined;
		if (!isTold) {
			isTold = true;
			setImmediate(() => {
				isTold = false;
				for (const listener of listeners) {
					listener();
				}
			});
		}
	};

	/** Scrolling a window is bounded by its rows, which depend on data and width. */
	const measureOverlay = (): void => {
		const {overlay} = state;
		if (isWindow(overlay)) {
			const rowCount = overlayContent(overlay.kind, {keys, state, data, userHome: options.userHome}).rowCount;
			if (rowCount !== overlay.rowCount) {
				dispatch({type: 'overlay-rows', rowCount});
			}
		}
	};

	/** One step further on the way to where the panes are to go, when the rows for it are there. */
	const goOn = (): void => {
		const step = state.destination && nextStep(state.destination, state, data);
		if (step) {
			dispatch(step);
		}
	};

	/** Following dispatches in turn, so it repeats until nothing changes any more. */
	const follow = (): void => {
		isBehind = true;
		if (isFollowing) {
			return;
		}

		isFollowing = true;
		try {
			for (let round = 0; isBehind && round < mostRounds; round++) {
				isBehind = false;
				data.follow();
				goOn();
				measureOverlay();
			}
		} finally {
			isFollowing = false;
		}

		held.release();
	};

	const dispatch = (action: Action): void => {
		const next = reduce(state, action);
		if (next !== state && !hasQuit) {
			state = next;
			redraw();
			follow();
		}
	};

	const data = createData(
		{
			store,
			search: options.search,
			now,
			state: () => state,
			dispatch,
			redraw() {
				redraw();
				follow();
			},
			report(error) {
				if (!hasQuit) {
					dispatch({type: 'notice', notice: {text: `Could not read the database: ${sentence(error)}`, level: 'error'}});
				}
			},
			notify: options.notify ?? (() => {}),
			quietMs: options.quietMs ?? quietMs,
			userHome: options.userHome,
			loadUsage: options.loadUsage,
			loadReporter: options.loadReporter,
		},
		options.covering,
	);

	/** Every frame costs as much as a key press, and nobody reads figures faster. */
	const progress = throttled<IngestProgress>(progressMs, value => {
		const isNews = value.phase !== state.progress?.phase || value.problems !== state.progress.problems;
		dispatch({type: 'progress', progress: value});
		if (isNews && value.phase !== 'finding') {
			data.problems.count();
			// What another program read before this one looked is no news to the ingest.
			if (value.phase === 'watching' && data.sessions.mayLag()) {
				data.sessions.refresh();
			}
		}
	});

	/** Mostly logs are found at once, which needs no words. */
	let finding: {timer: NodeJS.Timeout; latest: IngestProgress} | undefined;
	const takeProgress = (value: IngestProgress): void => {
		if (value.phase !== 'finding' || state.progress) {
			clearTimeout(finding?.timer);
			finding = undefined;
			progress.give(value);
		} else if (finding) {
			finding.latest = value;
		} else {
			const timer = setTimeout(() => finding && progress.give(finding.latest), quietFindingMs);
			finding = {timer, latest: value};
		}
	};

	const stop = (): void => {
		hasQuit = true;
		held.stop();
		progress.stop();
		clearTimeout(finding?.timer);
		data.stop();
	};

	const quit = (): void => {
		stop();
		onQuit();
	};

	const attempt = async (work: () => Promise<Trouble>): Promise<void> => {
		try {
			const trouble = await work();
			if (trouble !== undefined) {
				dispatch({type: 'notice', notice: {text: trouble, level: 'warning'}});
			}
		} catch (error) {
			dispatch({type: 'notice', notice: {text: sentence(error), level: 'error'}});
		}
	};

	const context = {
		keys,
		state: () => state,
		data,
		dispatch,
		quit,
		covering: options.covering,
		copy: options.copy ?? (async () => undefined),
		keep: options.keep,
		outside: async () => options.outside?.(),
		hasReporter: options.loadReporter !== undefined,
		now,
		origin: options.origin ?? (async () => undefined),
		event: (options.covering?.outgoing ?? store).event,
		async isKept(id: SessionId) {
			const files = await store.sourceFiles(id);
			return files.every(file => file.isKept);
		},
		look: ingest.look,
		attempt: (work: () => Promise<Trouble>) => void attempt(work),
	};

	/** What was said has been seen, and who does something goes another way. */
	const acknowledge = (): void => {
		if (state.isWelcome) {
			dispatch({type: 'welcomed'});
		}

		if (state.notice || state.isFailureNew) {
			dispatch({type: 'notice', notice: undefined});
		}

		if (state.destination) {
			dispatch({type: 'arrive', isLost: false});
		}
	};

	const act = (key: string): void => {
		acknowledge();
		const scope = scopeOf(state);
		const command = commandOf(keys, key, scope, state.focus);
		if (command) {
			commands[command](context);
			return;
		}

		const text = isTyping(scope) ? typedText(key) : undefined;
		if (text !== undefined) {
			editTyped(context, {edit: 'insert', text});
		} else if (scope === 'menu' && /^[1-9]$/.test(key)) {
			chooseAt(context, Number(key) - 1);
		}
	};

	const held = createHeldKeys({
		act,
		mustWait(key) {
			const scope = scopeOf(state);
			const command = scope === 'panes' ? commandOf(keys, key, scope, state.focus) : undefined;
			return command !== undefined && (state.destination !== undefined || isAwaitingRows(command, state, data));
		},
	});

	const drawn = (): Screen => {
		screen ??= screenOf({keys, state, data, now: now(), homeLabel, userHome: options.userHome, scope: scopeOf(state)});
		return screen;
	};

	const press = (key: string): void => {
		if (commandOf(keys, key, 'always', state.focus)) {
			act(key);
		} else if (!held.press(key)) {
			const isReading = commandOf(keys, key, scopeOf(state), state.focus) === 'enter' && opensPreview(state, data);
			if (isReading) {
				dispatch({type: 'notice', notice: {text: stillReading, level: 'info'}});
			}
		}
	};

	const point = createPointing({
		context,
		screen: drawn,
		clock: options.clock ?? (() => performance.now()),
		open: () => press('double-click'),
	});

	return {
		state: () => state,
		screen: drawn,
		press,
		point(event) {
			held.stop();
			acknowledge();
			point(event);
		},
		paste(text) {
			if (isTyping(scopeOf(state))) {
				editTyped(context, {edit: 'insert', text});
			} else {
				const words = `Press ${keyOf(keys, 'search')} to search or ${keyOf(keys, 'filter')} to filter before pasting.`;
				dispatch({type: 'notice', notice: {text: words, level: 'info'}});
			}
		},
		resize(size) {
			dispatch({type: 'resize', size});
		},
		choose: (menu, value) => choose(context, menu, value),
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		async start() {
			ingest.onProgress(takeProgress);
			ingest.onChange(data.changed);
			options.covering?.onChange(session => data.showAgain(session));
			options.covering?.onFailure(text => dispatch({type: 'notice', notice: {text, level: 'error'}}));
			ingest.onFailure(message => dispatch({type: 'failure', message}));
			await data.start(options.preview);
		},
		stop,
	};
};
