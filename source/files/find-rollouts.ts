import fs from 'node:fs';
import path from 'node:path';
import {LogLook} from './log-look.js';
import {compareText, type FoundRollouts, RolloutCollector} from './rollout-collector.js';
import {parseRolloutName} from './rollout-name.js';
import {failureReason, listFolder, VisitedFolders} from './walk-folders.js';

/** Where logs are looked for: a Codex home, or any folder or single file. */
export type RolloutSource = {home: string} | {path: string};

export type {LogLook} from './log-look.js';
export type {FoundFile, FoundRollouts} from './rollout-collector.js';

/** Every log below the source, one per rollout. */
export const findRollouts = (source: RolloutSource): FoundRollouts => {
	const collector = new RolloutCollector();
	walkAll(source, collector);
	return collector.result();
};

/** A look at every log below the source, for telling what has changed: takes a third of the time. */
export const lookForLogs = (source: RolloutSource): LogLook => {
	const look = new LogLook();
	walkAll(source, look);
	return look;
};

/** What is told of each file on a walk. */
type Collector = Pick<RolloutCollector, 'failures' | 'add' | 'refuse'>;

const walkAll = (source: RolloutSource, collector: Collector): void => {
	const visited = new VisitedFolders();
	const walk = (folder: string): void => {
		if (!visited.enter(folder, collector.failures)) {
			return;
		}

		const {files, folders, others} = listFolder(folder, collector.failures);
		for (const name of files) {
			collector.add(folder, name);
		}

		for (const name of others) {
			collector.refuse(folder, name);
		}

		for (const name of folders) {
			walk(path.join(folder, name));
		}
	};

	for (const root of rootsOf(source, collector)) {
		walk(root);
	}
};

/** At most so many folders are opened for a quick look. */
const quickFolders = 2000;

/**
The newest logs by file name, without a walk through everything: years, months and days are opened
in descending order until enough files are found. For a first screen; `findRollouts` has the truth.
*/
export const newestRollouts = (source: RolloutSource, count: number): FoundRollouts => {
	const collector = new RolloutCollector();
	const visited = new VisitedFolders();
	let budget = quickFolders;

	/** Answers how many candidates the folder and those below it gave. */
	const walk = (folder: string): number => {
		if (budget-- <= 0 || !visited.enter(folder, collector.failures)) {
			return 0;
		}

		const {files, folders} = listFolder(folder, collector.failures);
		const newest = files
			.map(name => ({name, parsed: parseRolloutName(name)}))
			.filter(({parsed}) => parsed !== undefined)
			.toSorted((a, b) => compareText(b.parsed?.startedLocal ?? '', a.parsed?.startedLocal ?? ''))
			.slice(0, count);
		for (const {name} of newest) {
			collector.add(folder, name);
		}

		let found = newest.length;
		let inDates = 0;
		for (const name of folders.toSorted(datesFirst)) {
			const isDate = /^\d+$/.test(name);
			if (isDate && inDates >= count) {
				continue;
			}

			const below = walk(path.join(folder, name));
			found += below;
			inDates += isDate ? below : 0;
		}

		return found;
	};

	for (const root of rootsOf(source, collector)) {
		walk(root);
	}

	const result = collector.result();
	return {...result, files: result.files.slice(0, count)};
};

/** Folders to walk; a single given file is collected at once. */
const rootsOf = (source: RolloutSource, collector: Collector): string[] => {
	if ('home' in source) {
		return [path.join(source.home, 'sessions'), path.join(source.home, 'archived_sessions')];
	}

	const given = path.resolve(source.path);
	try {
		const stat = fs.statSync(given);
		if (stat.isDirectory()) {
			return [given];
		}

		if (stat.isFile()) {
			collector.add(path.dirname(given), path.basename(given), 'given');
		} else {
			collector.refuse(path.dirname(given), path.basename(given), 'given');
		}
	} catch (error) {
		collector.failures.push({path: given, reason: failureReason(error)});
	}

	return [];
};

/** Names made of digits before others, the highest first. */
const datesFirst = (a: string, b: string): number => {
	const [isDateA, isDateB] = [/^\d/.test(a), /^\d/.test(b)];
	return isDateA === isDateB ? compareText(b, a) : isDateA ? -1 : 1;
};
