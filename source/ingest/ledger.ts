import fs from 'node:fs';
import type {LogLook} from '../files/find-rollouts.js';
import {promptHistoryVersion} from '../files/prompt-history.js';
import {threadNamesVersion} from '../files/thread-names.js';
import {codexVersion} from '../formats/codex/version.js';
import type {Ledger} from '../store/ingest-store.js';
import {archivePath, searchPath} from '../store/sqlite/database.js';
import {peekLedger} from '../store/sqlite/peek-ledger.js';
import type {IngestOptions} from './ingest.js';
import {readerName} from './reader-name.js';

/** At most so many changed logs are looked up one by one; with more of them everything is looked through. */
export const fewLogs = 64;

export type Look = Pick<IngestOptions, 'source' | 'home' | 'sqliteHome'> & {
	/** Path of the index. */
	database: string;
	/** Whether words are indexed too. */
	withTexts: boolean;
};

/** Name that the ledger of a source is kept under. */
export const ledgerName = ({source, withTexts}: Look): string =>
	`${'home' in source ? source.home : source.path}${withTexts ? ' with words' : ''}`;

/** Numbers of inodes are used again; where no time of birth is known, any change makes another identity, which only costs time. */
const identityOf = (file: string): string => {
	const stat = fs.statSync(file, {bigint: true, throwIfNoEntry: false});
	return stat === undefined ? '-' : `${stat.dev}:${stat.ino}:${stat.birthtimeNs}`;
};

/** Everything besides the logs that a round depends on. */
const surroundingsOf = ({home, sqliteHome, database, withTexts}: Look): string =>
	[
		readerName(codexVersion),
		home === null ? '-' : threadNamesVersion(home, sqliteHome ?? home),
		home === null ? '-' : promptHistoryVersion(home),
		identityOf(archivePath(database)),
		withTexts ? identityOf(searchPath(database)) : '-',
	].join('\n');

export const ledgerOf = (look: Look, {stamps}: LogLook, logs: number): Ledger => ({
	surroundings: surroundingsOf(look),
	logs,
	stamps: Float64Array.from(stamps),
});

/**
Places of the files in a look that are not as they were when everything had been read: the few that have come or changed,
none of them, or undefined where everything has to be looked through.
*/
export const changesSince = (ledger: Ledger | undefined, now: Ledger): number[] | undefined => {
	if (ledger === undefined || ledger.surroundings !== now.surroundings) {
		return undefined;
	}

	if (Buffer.compare(bytesOf(ledger.stamps), bytesOf(now.stamps)) === 0) {
		return [];
	}

	// A walk mostly takes the same way: only between the ends that are the same need anything be looked up.
	const [from, fromEnd] = [sameAtStart(ledger.stamps, now.stamps), sameAtEnd(ledger.stamps, now.stamps)];
	const before = new Set(ledger.stamps.subarray(from, Math.max(from, ledger.stamps.length - fromEnd)));
	const changed: number[] = [];
	for (let place = from; place < now.stamps.length - fromEnd; place++) {
		if (!before.has(now.stamps[place] ?? Number.NaN)) {
			changed.push(place);
		}
	}

	return changed.length <= fewLogs ? changed : undefined;
};

const bytesOf = ({buffer, byteOffset, byteLength}: Float64Array): Uint8Array =>
	new Uint8Array(buffer, byteOffset, byteLength);

const sameAtStart = (one: Float64Array, other: Float64Array): number => {
	let count = 0;
	while (count < one.length && one[count] === other[count]) {
		count++;
	}

	return count;
};

const sameAtEnd = (one: Float64Array, other: Float64Array): number => {
	let count = 0;
	while (count < one.length && one[one.length - 1 - count] === other[other.length - 1 - count]) {
		count++;
	}

	return count;
};

/** How many of the files in a ledger are not among those of a later one as they were. */
export const missingSince = (ledger: Ledger, now: Ledger, changed: readonly number[]): number =>
	ledger.stamps.length - (now.stamps.length - changed.length);

/** Bytes of logs that are much to read. */
const much = 64 * 1024 * 1024;

/** How much a round would have to do: told without opening the databases for use. */
export const workLeft = (look: Look, logs: LogLook): {known: number} | 'little' | 'much' => {
	const before = logs.failures.length === 0 ? peekLedger(look.database, ledgerName(look)) : undefined;
	const now = ledgerOf(look, logs, before?.logs ?? 0);
	const changed = changesSince(before, now);
	if (before !== undefined && changed?.length === 0 && missingSince(before, now, changed) === 0) {
		return {known: before.logs};
	}

	return logs.bytes(changed) > much ? 'much' : 'little';
};
