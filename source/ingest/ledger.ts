import fs from 'node:fs';
import type {FoundFile, FoundRollouts} from '../files/find-rollouts.js';
import {promptHistoryVersion} from '../files/prompt-history.js';
import {threadNamesVersion} from '../files/thread-names.js';
import {codexVersion} from '../formats/codex/version.js';
import {fingerprintOf} from '../formats/fingerprint.js';
import type {Ledger} from '../store/ingest-store.js';
import {archivePath, searchPath} from '../store/sqlite/database.js';
import {peekLedger} from '../store/sqlite/peek-ledger.js';
import type {IngestOptions} from './ingest.js';
import {readerName} from './reader-name.js';

/** At most so many changed logs are looked up one by one; with more of them everything is looked through. */
export const fewLogs = 64;

type Look = Pick<IngestOptions, 'source' | 'home' | 'sqliteHome'> & {
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

/** Place and shape of a log as one number: where that is the same, so is the log. */
const stampOf = ({path, format, size, mtimeNs, dev, inode}: FoundFile): number => {
	let [high, low] = fingerprintOf(path);
	for (const part of [format.length, size, Number(mtimeNs), Number(dev), Number(inode)]) {
		high = Math.imul(high ^ part, 0x9e3779b1) ^ (high >>> 15);
		low = Math.imul(low ^ (part / 2 ** 32) ^ part, 0x5f356495) ^ (low >>> 13);
	}

	return (high >>> 0) * 2 ** 21 + (low >>> 11);
};

export const ledgerOf = (look: Look, found: readonly FoundFile[]): Ledger => ({
	surroundings: surroundingsOf(look),
	stamps: Float64Array.from(found, stampOf),
});

/**
What is not as it was when everything had been read: the few logs that have come or changed, none of them, or undefined
where everything has to be looked through.
*/
export const changesSince = (
	ledger: Ledger | undefined,
	now: Ledger,
	found: readonly FoundFile[],
): FoundFile[] | undefined => {
	if (ledger === undefined || ledger.surroundings !== now.surroundings) {
		return undefined;
	}

	const before = new Set(ledger.stamps);
	const changed = found.filter((_, index) => !before.has(now.stamps[index] ?? Number.NaN));
	return changed.length <= fewLogs ? changed : undefined;
};

/** How many of the logs in a ledger are not among those found as they were. */
export const missingSince = (ledger: Ledger, found: readonly FoundFile[], changed: readonly FoundFile[]): number =>
	ledger.stamps.length - (found.length - changed.length);

/** Bytes of logs that are much to read. */
const much = 64 * 1024 * 1024;

/** How much a round would have to do: told without opening the databases for use. */
export const workLeft = (look: Look, {files, failures}: FoundRollouts): 'nothing' | 'little' | 'much' => {
	const before = failures.length === 0 ? peekLedger(look.database, ledgerName(look)) : undefined;
	const changed = changesSince(before, ledgerOf(look, files), files);
	if (changed?.length === 0 && files.length === before?.stamps.length) {
		return 'nothing';
	}

	return (changed ?? files).reduce((bytes, {size}) => bytes + size, 0) > much ? 'much' : 'little';
};
