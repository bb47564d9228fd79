import {type FileFailure, UserError} from '../model/problem.js';
import type {IngestStore} from '../store/ingest-store.js';
import type {SearchIndex} from '../store/search-index.js';
import {type IngestLock, openIngestLock} from '../store/sqlite/ingest-lock.js';
import {openIngestStore} from '../store/sqlite/open-ingest-store.js';
import {openSearchIndex} from '../store/sqlite/open-search-index.js';
import type {FindingsPass} from './findings-pass.js';
import {Ingest} from './ingest.js';
import type {FromWorker, WorkerStart} from './messages.js';
import {openFindingsPass} from './open-findings-pass.js';
import {noProgress} from './progress.js';
import {ProgressMeter} from './progress-meter.js';
import type {Ticker} from './ticker.js';

export type Watch = WorkerStart & {
	send: (message: FromWorker) => void;
	shouldStop: () => boolean;
	ticker: Ticker;
	/** Whether somebody has asked for a walk since this was called last. */
	takeLook?: () => boolean;
	/** How long after trouble it is tried again, in ms; twice as long after each vain attempt, up to a minute. */
	retryMs?: number;
};

/** Between two looks at what changed last; a look costs some fifty stats. */
const glanceMs = 300;

/** As long may indexing go on before other programs get their turn and everything is walked through again, in ms. */
const textMs = 10_000;

/** As long may secrets be looked for before other programs get their turn, and so long is their turn, in ms. */
const findingsMs = 1000;
const othersMs = 60;

/** While secrets are looked for, the list of sessions is read again so often, in ms. */
const tellFindingsMs = 2000;

/** Another program's rounds are mostly shorter than this, and need no words. */
const quietTurns = 4;

const firstRetryMs = 5000;
const longestRetryMs = 60_000;

/**
Pause between two walks through everything, by what the last walk without news took: less than half a per cent of the time
goes into walking. What is written meanwhile is mostly written where glances look.
*/
const pauseAfter = (walkMs: number): number => Math.min(60_000, Math.max(2000, walkMs * 400));

/** Trouble that may pass: a full disk, a database in use or out of reach. Anything else is a mistake of ours. */
const mayPass = (error: unknown): error is Error =>
	error instanceof UserError || /^(?:SQLITE_|E[A-Z0-9]+$)/.test((error as {code?: string}).code ?? '');

/** Keeps a database up to date until it is told to stop. Trouble that may pass is told, and tried again later. */
export const watchLogs = async (watch: Watch): Promise<void> => {
	const {send, shouldStop, ticker, retryMs = firstRetryMs} = watch;
	let failures = 0;
	const onSuccess = (): void => {
		if (failures > 0) {
			failures = 0;
			send({type: 'recovered'});
		}
	};

	while (!shouldStop()) {
		try {
			await watchUntilTrouble(watch, onSuccess);
		} catch (error) {
			if (!mayPass(error)) {
				throw error;
			}

			send({type: 'failed', message: `Reading waits: ${error.message}`});
			await ticker.wait(Math.min(longestRetryMs, retryMs * 2 ** failures));
			failures++;
		}
	}
};

/** With a database and an ingest of its own, since those of before the trouble may remember what was rolled back. */
const watchUntilTrouble = async (watch: Watch, onSuccess: () => void): Promise<void> => {
	const lock = openIngestLock(watch.database);
	try {
		const store = openIngestStore(watch.database);
		let search: SearchIndex | undefined;
		try {
			search = openSearchIndex(watch.database);
			await keepUp(watch, {lock, store, search}, onSuccess);
		} finally {
			search?.close();
			await store.close();
		}
	} finally {
		lock.close();
	}
};

type Databases = {lock: IngestLock; store: IngestStore; search: SearchIndex};

const keepUp = async (watch: Watch, {lock, store, search}: Databases, onSuccess: () => void): Promise<void> => {
	const {send, shouldStop, ticker} = watch;
	const ingest = new Ingest(
		store,
		{
			source: watch.source,
			home: watch.home,
			sqliteHome: watch.sqliteHome ?? null,
			batchLines: watch.batchLines,
			onProgress: progress => send({type: 'progress', progress}),
			onChange: () => send({type: 'changed'}),
			shouldStop,
			textMs,
			newsMs: glanceMs,
		},
		search,
	);
	let walkMs = 0;
	let walkAt = 0;
	let turnsMissed = 0;
	let hasTextsLeft = false;
	let hasFindingsLeft = false;
	let failures: FileFailure[] = [];
	const findings = new FindingsTurn(watch, {store, search}, ingest);
	while (!shouldStop()) {
		const startedAt = performance.now();
		walkAt = watch.takeLook?.() === true ? 0 : walkAt;
		const isWalkDue = startedAt >= walkAt && !hasTextsLeft;
		const news = isWalkDue ? 'logs' : ingest.news();
		if ((news !== 'none' || hasTextsLeft) && lock.take()) {
			try {
				turnsMissed = 0;
				if (news === 'lines') {
					await ingest.glance();
				} else {
					const summary = await ingest.run();
					const isWalk = summary.files.length === 0 && !hasTextsLeft && !summary.hasTextsLeft;
					walkMs = isWalk ? performance.now() - startedAt : walkMs;
					hasTextsLeft = summary.hasTextsLeft ?? false;
					failures = summary.failures;
					walkAt = performance.now() + pauseAfter(walkMs);
				}
			} finally {
				lock.release();
			}

			onSuccess();
		} else if (news !== 'none') {
			turnsMissed++;
			walkAt = news === 'logs' ? 0 : walkAt;
			if (turnsMissed === quietTurns) {
				send({type: 'progress', progress: noProgress('waiting')});
			}
		}

		if (!hasTextsLeft && findings.isDue() && lock.take()) {
			try {
				hasFindingsLeft = !(await findings.take(failures));
			} finally {
				lock.release();
			}
		}

		if (await store.changedByOthers()) {
			send({type: 'changed'});
		}

		await ticker.wait(hasTextsLeft ? 0 : hasFindingsLeft ? othersMs : glanceMs);
	}
};

/** What is left to do where nothing else is: to look through logs for what must not be shown. */
class FindingsTurn {
	#pass: FindingsPass | undefined;
	/** Rules that cannot be read are told once. */
	#isRefused = false;
	#toldAt = 0;
	readonly #meter: ProgressMeter;
	/** Progress was told, and not yet that it ended. */
	#isTold = false;

	constructor(
		private readonly watch: Watch,
		private readonly databases: Omit<Databases, 'lock'>,
		private readonly ingest: Ingest,
	) {
		this.#meter = new ProgressMeter(progress => {
			this.#isTold = true;
			watch.send({type: 'progress', progress});
		});
	}

	isDue(): boolean {
		return !this.#isRefused && (this.#pass?.hasNews() ?? true);
	}

	/** Looks on for a while. False when something is left. */
	async take(failures: FileFailure[]): Promise<boolean> {
		const {store, search} = this.databases;
		try {
			this.#pass ??= await openFindingsPass(store, search, this.watch.ruleFolders);
		} catch (error) {
			if (!(error instanceof UserError)) {
				throw error;
			}

			this.#isRefused = true;
			this.watch.send({type: 'failed', message: `Secrets are not counted: ${error.message}`});
			return true;
		}

		const shouldPause = this.ingest.pauser(findingsMs);
		let isNew = false;
		const onLog = (): void => {
			isNew = true;
		};
		const isDone = await this.#pass.look({shouldPause, meter: this.#meter, failures, onLog});
		if (isDone && this.#isTold) {
			this.#meter.start('watching', [], failures);
			this.#isTold = false;
		}

		if (isNew && (isDone || performance.now() - this.#toldAt > tellFindingsMs)) {
			this.#toldAt = performance.now();
			this.watch.send({type: 'changed'});
		}

		return isDone;
	}
}
