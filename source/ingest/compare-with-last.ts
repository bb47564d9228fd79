import type {FoundFile, LogLook} from '../files/find-rollouts.js';
import type {IngestStore, KnownFile, Ledger} from '../store/ingest-store.js';
import {changesSince, fewLogs, type Look, ledgerName, ledgerOf, missingSince} from './ledger.js';

export type Comparison = {
	/** How many logs there were when everything had been read. */
	logs: number;
	/** Those that have come or changed since, newest first; undefined when everything is to be looked through. */
	few: FoundFile[] | undefined;
	/** Something is about to be written: should it come to nothing, the next round looks through everything. */
	takeBack(): Promise<void>;
	/** Everything has been read, so many logs in all. */
	keep(logs: number): Promise<void>;
};

/** Holds a look at all logs against the last round that read everything. */
export const compareWithLast = async (store: IngestStore, look: Look, logs: LogLook): Promise<Comparison> => {
	const name = ledgerName(look);
	const before = logs.failures.length === 0 ? await store.ledger(name) : undefined;
	const now = ledgerOf(look, logs, before?.logs ?? 0);
	return {
		logs: now.logs,
		few: before === undefined ? undefined : await fewChanges(store, before, now, logs),
		takeBack: async () => store.keepLedger(name, null),
		async keep(found) {
			await store.keepLedger(name, {...now, logs: found});
			await store.commit();
		},
	};
};

const fewChanges = async (
	store: IngestStore,
	before: Ledger,
	now: Ledger,
	logs: LogLook,
): Promise<FoundFile[] | undefined> => {
	const places = changesSince(before, now);
	const changed = places === undefined ? undefined : logs.filesAt(places);
	if (places === undefined || changed === undefined) {
		return undefined;
	}

	const known = [...(await knownOf(store, changed)).values()];
	// A log that is there again may stand for one that has gone meanwhile.
	const isAgain = known.some(({isGone}) => isGone);
	return !isAgain && missingSince(before, now, places) === known.length ? changed : undefined;
};

/** What the store knows of logs, by key: of few of them, without a look at the others. */
export const knownOf = async (
	store: IngestStore,
	found: readonly FoundFile[],
): Promise<ReadonlyMap<string, KnownFile>> => {
	if (found.length > fewLogs) {
		return store.knownFiles();
	}

	const known = new Map<string, KnownFile>();
	for (const {key} of found) {
		const file = await store.knownFile(key);
		if (file !== undefined) {
			known.set(key, file);
		}
	}

	return known;
};
