import fs from 'node:fs';
import path from 'node:path';
import type {FoundFile, RolloutSource} from '../files/find-rollouts.js';

/** Codex writes to few logs at a time: those that changed last. */
export const mostLogs = 32;

/** Year, month and day, and the folder they lie in. */
const levels = 4;

/**
The logs that changed last, and the folders where the next one would be made: what is looked at between two walks
through everything. A look costs a few stats, whatever the size of the home.
*/
export class RecentLogs {
	private logs: FoundFile[] = [];
	private folders = new Map<string, bigint>();

	constructor(private readonly source: RolloutSource) {}

	/** What a walk has found. */
	remember(found: readonly FoundFile[]): void {
		const newest: FoundFile[] = [];
		for (const file of found) {
			const last = newest.at(-1);
			if (newest.length < mostLogs || last === undefined || file.mtimeNs > last.mtimeNs) {
				newest.push(file);
				newest.sort((a, b) => (a.mtimeNs < b.mtimeNs ? 1 : a.mtimeNs > b.mtimeNs ? -1 : 0));
				newest.length = Math.min(newest.length, mostLogs);
			}
		}

		this.logs = newest;
		// A folder that was known keeps the time it was seen with: it may have changed during the walk.
		this.folders = new Map([...this.watchedFolders()].map(name => [name, this.folders.get(name) ?? changedAt(name)]));
	}

	/** Those of the logs that are not as they were, as they are now. */
	changed(): FoundFile[] {
		return this.logs.flatMap(file => {
			const now = statOf(file.path);
			return now === undefined || (now.size === BigInt(file.size) && now.mtimeNs === file.mtimeNs)
				? []
				: [{...file, size: Number(now.size), mtimeNs: now.mtimeNs, dev: now.dev, inode: now.ino}];
		});
	}

	/** Takes the logs for read as they are given. */
	update(files: readonly FoundFile[]): void {
		const byKey = new Map(files.map(file => [file.key, file]));
		this.logs = this.logs.map(file => byKey.get(file.key) ?? file);
	}

	/** Whether logs may have come or gone since this was asked last. */
	haveFoldersChanged(): boolean {
		let haveChanged = false;
		for (const [folder, before] of this.folders) {
			const now = changedAt(folder);
			haveChanged ||= now !== before;
			this.folders.set(folder, now);
		}

		return haveChanged;
	}

	private watchedFolders(): Set<string> {
		const {source} = this;
		const roots =
			'home' in source
				? [path.join(source.home, 'sessions'), path.join(source.home, 'archived_sessions')]
				: [path.resolve(source.path)];
		const folders = new Set(roots);
		for (const file of this.logs) {
			let folder = path.dirname(file.path);
			for (let level = 0; level < levels && roots.some(root => folder.startsWith(root)); level++) {
				folders.add(folder);
				folder = path.dirname(folder);
			}
		}

		return folders;
	}
}

const statOf = (file: string): fs.BigIntStats | undefined => {
	try {
		return fs.statSync(file, {bigint: true, throwIfNoEntry: false});
	} catch {
		return undefined;
	}
};

const changedAt = (folder: string): bigint => {
	const stat = statOf(folder);
	return stat?.isDirectory() ? stat.mtimeNs : -1n;
};
