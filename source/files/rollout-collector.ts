import fs from 'node:fs';
import path from 'node:path';
import type {FileFailure} from '../model/problem.js';
import {noFile} from './open-log.js';
import {parseRolloutName, type RolloutName, withoutZst} from './rollout-name.js';
import {failureReason} from './walk-folders.js';

export type FoundFile = {
	path: string;
	/** Identifies the rollout wherever it lies and whether or not it is compressed. */
	key: string;
	/** `history`: the lines of one thread in the prompt history. */
	format: RolloutName['format'] | 'history';
	/** Lies in `archived_sessions/`. */
	archived: boolean;
	size: number;
	mtimeNs: bigint;
	dev: bigint;
	inode: bigint;
	/** Sortable local start time from the file name, else from the modification time. */
	birthOrName: string;
	threadId: string | null;
	rolloutId: string | null;
};

export type FoundRollouts = {
	/** Newest first. */
	files: FoundFile[];
	failures: FileFailure[];
	/** Other files that hold one of `files` again: compressed twins, hard links, copies. */
	copies: string[];
};

/** Keeps one file per rollout: plain before compressed, then the larger, then the one not archived. */
export class RolloutCollector {
	readonly failures: FileFailure[] = [];
	readonly #byKey = new Map<string, FoundFile>();
	readonly #byDevice = new Map<bigint, Set<bigint>>();
	readonly #copies: string[] = [];

	add(folder: string, name: string, given: 'found' | 'given' = 'found'): void {
		const parsed = parseRolloutName(name, given);
		if (parsed === undefined) {
			if (given === 'given') {
				this.failures.push({path: path.join(folder, name), reason: 'not a session log by its name'});
			}

			return;
		}

		const file = this.#stat(`${folder}${path.sep}${name}`, folder, parsed);
		if (file === undefined) {
			return;
		}

		const inodes = this.#inodesOf(file.dev);
		if (file.inode !== 0n && inodes.has(file.inode)) {
			this.#copies.push(file.path);
			return;
		}

		inodes.add(file.inode);
		const rival = this.#byKey.get(file.key);
		if (rival === undefined || isBetter(file, rival)) {
			this.#byKey.set(file.key, file);
		}

		if (rival !== undefined) {
			this.#copies.push(isBetter(file, rival) ? rival.path : file.path);
		}
	}

	/** What is named like a log and is none: a pipe, a socket, a device. */
	refuse(folder: string, name: string, given: 'found' | 'given' = 'found'): void {
		if (parseRolloutName(name, given) !== undefined || given === 'given') {
			this.failures.push({path: path.join(folder, name), reason: noFile});
		}
	}

	result(): FoundRollouts {
		const files = [...this.#byKey.values()].sort(
			(a, b) => compareText(b.birthOrName, a.birthOrName) || compareText(b.key, a.key),
		);
		return {files, failures: this.failures, copies: this.#copies};
	}

	#inodesOf(device: bigint): Set<bigint> {
		const known = this.#byDevice.get(device) ?? new Set();
		this.#byDevice.set(device, known);
		return known;
	}

	#stat(file: string, folder: string, name: RolloutName): FoundFile | undefined {
		try {
			const stat = fs.statSync(file, {bigint: true});
			return {
				path: file,
				key: name.key.startsWith('rollout-') ? name.key : withoutZst(fs.realpathSync(file)),
				format: name.format,
				archived: folder.endsWith('archived_sessions') && path.basename(folder) === 'archived_sessions',
				size: Number(stat.size),
				mtimeNs: stat.mtimeNs,
				dev: stat.dev,
				inode: stat.ino,
				birthOrName: name.startedLocal ?? localTime(stat.mtime),
				threadId: name.threadId,
				rolloutId: name.rolloutId,
			};
		} catch (error) {
			// A log that was moved or compressed since the listing is found again on the next walk.
			if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
				this.failures.push({path: file, reason: failureReason(error)});
			}

			return undefined;
		}
	}
}

const isBetter = (file: FoundFile, rival: FoundFile): boolean => {
	const isPlain = file.format !== 'jsonl.zst';
	if (isPlain !== (rival.format !== 'jsonl.zst')) {
		return isPlain;
	}

	return file.size === rival.size ? rival.archived && !file.archived : file.size > rival.size;
};

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const two = (value: number): string => String(value).padStart(2, '0');

const localTime = (time: Date): string =>
	`${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}` +
	`T${two(time.getHours())}-${two(time.getMinutes())}-${two(time.getSeconds())}`;
