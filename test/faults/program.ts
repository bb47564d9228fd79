import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import type {FromWorker} from '../../source/ingest/messages.js';
import {Ticker} from '../../source/ingest/ticker.js';
import {watchLogs} from '../../source/ingest/watch.js';
import type {Home} from '../ingest/home.js';
import {type Child, startNode} from './child.js';

const launch = fileURLToPath(new URL('../../source/launch.ts', import.meta.url));

/** Runs a command of the program on an invented home, away from the files of the person who runs the tests. */
export const startCommand = (
	home: Home,
	args: readonly string[],
	options: {database?: string; uid?: number; gid?: number; env?: Readonly<Record<string, string>>} = {},
): Child => {
	const {database = home.database, env: added = {}, ...identity} = options;
	const root = path.dirname(home.folder);
	const env = {
		...process.env,
		HOME: root,
		CODEX_HOME: home.folder,
		CODEX_TUI_DATABASE: undefined,
		XDG_DATA_HOME: path.join(root, 'xdg-data'),
		XDG_CONFIG_HOME: path.join(root, 'xdg-config'),
		...added,
	};
	return startNode([launch, ...args, '--database', database], {env, ...identity});
};

/** Waits until something has become so; false when it has not within the time. */
export const becomesSo = async (isSo: () => boolean, patienceMs = 10_000): Promise<boolean> => {
	for (const deadline = performance.now() + patienceMs; performance.now() < deadline; await sleep(10)) {
		if (isSo()) {
			return true;
		}
	}

	return isSo();
};

export type Watching = {
	messages: FromWorker[];
	/** The sentence that the explorer shows now; undefined while all is well. */
	failure: () => string | undefined;
	/** Files that the last round could not read. */
	failedFiles: () => {path: string; reason: string}[];
	phase: () => string | undefined;
	stop: () => Promise<void>;
};

/** What the explorer's worker does, in this thread. */
export const startWatching = (
	home: Home,
	{database = home.database, retryMs = 100, config = path.join(path.dirname(home.folder), 'config')} = {},
): Watching => {
	const messages: FromWorker[] = [];
	const ticker = new Ticker();
	let isStopping = false;
	const ended = watchLogs({
		source: {home: home.folder},
		home: home.folder,
		database,
		batchLines: 500,
		retryMs,
		ruleFolders: {checkoutUser: null, config, home: home.folder, current: home.folder},
		ticker,
		send: message => messages.push(message),
		shouldStop: () => isStopping,
	});
	const lastProgress = () => messages.findLast(message => message.type === 'progress')?.progress;
	return {
		messages,
		failure() {
			const last = messages.findLast(message => message.type === 'failed' || message.type === 'recovered');
			return last?.type === 'failed' ? last.message : undefined;
		},
		failedFiles: () => lastProgress()?.failures ?? [],
		phase: () => lastProgress()?.phase,
		async stop() {
			isStopping = true;
			ticker.wake();
			await ended;
		},
	};
};

/** Whether this process may do everything, so that permissions alone stop it from nothing. */
export const isRoot = process.getuid?.() === 0;

/** A user that owns nothing here. */
export const nobody = {uid: 65_534, gid: 65_534};

/** Lets everybody into the folders of a test. */
export const openToAll = (folder: string): void => {
	for (const name of [
		folder,
		...fs.readdirSync(folder, {recursive: true}).map(name => path.join(folder, String(name))),
	]) {
		fs.chmodSync(name, fs.statSync(name).isDirectory() ? 0o777 : 0o666);
	}
};
