import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Outside} from '../app/outside.js';
import type {Reporter} from '../app/reporter.js';
import type {SumUsage} from '../app/usage-feed.js';
import {shortPath} from '../config/folders.js';
import {requireSource, resolveSettings} from '../config/settings.js';
import {prepareDatabaseFolder} from '../config/writable-folders.js';
import {openInThread} from '../disclose/open-in-thread.js';
import type {Store} from '../store/store.js';
import {checkArguments} from './check-arguments.js';
import {commonFlags, explorerFlags} from './command-table.js';
import type {TakenBy} from './copy-text.js';
import {notifier} from './notifier.js';
import type {OutsideOptions} from './outside/open-outside.js';
import {originIn} from './outside/origin.js';
import type {ReporterOptions} from './report/open-reporter.js';
import {startLater} from './start-later.js';
import type {Screen} from './take-screen.js';

/** Runs the explorer on a screen that is already taken. Answers the exit code. */
export const openExplorer = async (args: readonly string[], screen: Screen): Promise<number> => {
	const {flags} = checkArguments(args, [...commonFlags, ...explorerFlags]);
	const textOf = (name: string): string | undefined => {
		const value = flags.get(name);
		return typeof value === 'string' ? value : undefined;
	};

	const settings = resolveSettings({
		codexHome: textOf('codex-home'),
		sessions: textOf('sessions'),
		database: textOf('database'),
		config: textOf('config'),
		screenReader: flags.has('screen-reader'),
	});
	requireSource(settings);
	prepareDatabaseFolder(settings);

	const {
		source,
		codexHome: home,
		codexSqliteHome: sqliteHome,
		databasePath: database,
		batchSize: batchLines,
		theme,
		notify,
	} = settings;
	// The thread makes the database.
	const isFirstRun = !fs.existsSync(database);
	const store = openInThread({database});
	// A home that was never read shows its newest sessions from the heads of their logs.
	const preview = store.preview(source, previewLength);
	preview.catch(() => {});
	const ready = store.ready();
	ready.catch(() => {});
	const [{shownIngest}, {startIngest}, {openSearch}] = await Promise.all([
		import('../disclose/shown-ingest.js'),
		import('../ingest/start.js'),
		import('../search/open-search.js'),
	]);
	// Its thread starts with the first question.
	const search = openSearch({database});
	// What is acted on, never shown: folders to go to, and logs to copy.
	let original: Promise<Store> | undefined;
	const openOriginal = (): Promise<Store> => {
		original ??= openLogs(database);
		return original;
	};
	try {
		const {explore, bindKeys, readThemes} = await withoutFetch(() => import('../explorer.js'));
		const keys = bindKeys(settings.keys);
		const themes = readThemes(settings.themes);
		const started = startLater(() => startIngest({source, home, sqliteHome, database, batchLines}), rowsDrawn(preview));
		const ingest = shownIngest(started, store.show);
		if (settings.screenReader) {
			// Lines are to stay where they can be read again.
			screen.leave();
		} else {
			screen.handOver();
		}

		const place = 'home' in source ? source.home : source.path;
		await explore({
			store: store.screen,
			ready,
			covering: store,
			copy,
			keep: async text => keepText(path.dirname(database), text),
			ingest,
			keys,
			theme,
			themes,
			mouse: settings.mouse,
			notify: notifier(notify, process.stdout),
			isSpoken: settings.screenReader,
			isFirstRun,
			origin: async id => originIn(await openOriginal())(id),
			outside: async handOver => openOutside({store: await openOriginal(), handOver, codexHome: home}),
			homeLabel: shortPath(place, os.homedir()),
			loadReporter: () => openReporter({settings, flags: placeFlags(flags)}),
			loadUsage,
			search,
			preview,
		});
	} finally {
		await search.close();
		await (await original)?.close();
		await store.close();
	}

	return 0;
};

/** Loaded when somebody asks for it, not at the start. */
const loadUsage = async (): Promise<SumUsage> => {
	const view = await import('./usage-view.js');
	return view.loadUsage();
};

const openLogs = async (database: string): Promise<Store> => {
	const [{openStore}, {codex}] = await Promise.all([
		import('../store/sqlite/open.js'),
		import('../formats/codex/index.js'),
	]);
	return openStore(database, codex);
};

/** Other programs are started long after the first frame, and mostly never. */
const openOutside = async (options: Pick<OutsideOptions, 'store' | 'handOver' | 'codexHome'>): Promise<Outside> => {
	const outside = await import('./outside/open-outside.js');
	const ownCodexHome = process.env['CODEX_HOME'] || path.join(os.homedir(), '.codex');
	return outside.openOutside({...options, ownCodexHome});
};

/** Loaded with the first report. */
const openReporter = async (options: ReporterOptions): Promise<Reporter> => {
	const reporter = await import('./report/open-reporter.js');
	return reporter.openReporter(options);
};

/** The flags that say where logs, database and settings are, as they were given. */
const placeFlags = (flags: ReadonlyMap<string, unknown>): string[] =>
	['codex-home', 'sessions', 'database', 'config'].flatMap(name => {
		const value = flags.get(name);
		return typeof value === 'string' ? [`--${name}=${value}`] : [];
	});

/** What reaches the clipboard is loaded with the first copy. */
const copy = async (text: string): Promise<TakenBy | undefined> => {
	const {copyText} = await import('./copy-text.js');
	return copyText(text);
};

/** For a text that no clipboard took. */
const keepText = async (folder: string, text: string): Promise<string> => {
	const {keepCopy} = await import('./keep-copy.js');
	return shortPath(await keepCopy(folder, text), os.homedir());
};

const previewLength = 50;

/** Time to draw them, and the longest that reading waits for them, in ms. */
const drawingMs = 100;
const mostPatienceMs = 1000;

/** When the first rows are probably on the screen: reading would take the processor from whoever brings and draws them. */
const rowsDrawn = async (rows: Promise<unknown>): Promise<void> => {
	const patience = new AbortController();
	await Promise.race([
		rows.then(async () => sleep(drawingMs)).catch(() => {}),
		sleep(mostPatienceMs, undefined, {signal: patience.signal}).catch(() => {}),
	]);
	patience.abort();
};

/** Ink's layout engine asks `fetch` for its own bytes, which would load Node's whole HTTP client; without, it decodes them. */
const withoutFetch = async <T>(load: () => Promise<T>): Promise<T> => {
	const fetch = Object.getOwnPropertyDescriptor(globalThis, 'fetch');
	Reflect.deleteProperty(globalThis, 'fetch');
	try {
		return await load();
	} finally {
		if (fetch !== undefined) {
			Object.defineProperty(globalThis, 'fetch', fetch);
		}
	}
};
