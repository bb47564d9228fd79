import path from 'node:path';
import type {FoundFile} from '../files/find-rollouts.js';
import {type LogBytes, sliceOf} from '../files/log-bytes.js';
import {parseRolloutName} from '../files/rollout-name.js';
import type {Format} from '../formats/format.js';
import {Damaged, type FileFailure} from '../model/problem.js';
import type {IngestStore, KnownFile} from '../store/ingest-store.js';
import {rederiveFile} from './ingest-file.js';
import {readerName} from './reader-name.js';

type Target = {
	store: IngestStore;
	format: Format;
	batchLines: number;
	/** Asked between files. */
	shouldStop(): boolean;
	onChange(): void;
};

/** The bytes that the archive holds of a file. */
export const archivedBytes = (store: IngestStore, file: KnownFile): LogBytes => ({
	chunks: from => store.archivedBytes(file, from),
	slice: (from, length) => sliceOf(store.archivedBytes(file, from), length),
});

/** A file as it was found last, for reading it from the archive. */
const foundAgain = (file: KnownFile): FoundFile => {
	const name = parseRolloutName(path.basename(file.path), 'given');
	const {key, archived, size, mtimeNs, device: dev, inode} = file;
	const threadId = name?.threadId ?? null;
	return {
		path: file.path,
		key,
		format: file.format as FoundFile['format'],
		archived,
		size,
		mtimeNs,
		dev,
		inode,
		birthOrName: name?.startedLocal ?? '',
		threadId,
		rolloutId: name?.rolloutId ?? threadId,
	};
};

/**
Derives again what an older reader derived and no log holds any more, from the archive: logs that are gone
and earlier versions of rewritten ones. Logs on disk are read from there.
*/
export const deriveAgain = async (target: Target, there: ReadonlySet<string>): Promise<void> => {
	const {store, format, batchLines} = target;
	const outdated = await store.outdatedFiles(readerName(format));
	const known = outdated.length === 0 ? new Map<string, KnownFile>() : await store.knownFiles();
	for (const file of outdated) {
		if (target.shouldStop()) {
			return;
		}

		const isCurrent = known.get(file.key)?.id === file.id;
		if (isCurrent && there.has(file.key)) {
			continue;
		}

		const bytes = archivedBytes(store, file);
		try {
			await rederiveFile({store, format, batchLines, bytes, async onBatch() {}}, file, foundAgain(file));
		} catch (error) {
			if (!(error instanceof Damaged)) {
				throw error;
			}

			// What an older reader has made of it is worth more than what is left.
			await store.rollBack();
			continue;
		}

		await store.commit();
		target.onChange();
	}
};

/** What a walk through a Codex home has found, and where it could not look. */
type Walk = {home: string; there: ReadonlySet<string>; failures: readonly FileFailure[]};

const isBelow = (file: string, folder: string): boolean =>
	file === folder || file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);

/** Notes which files of a Codex home are missed on disk, or there again. Answers whether any of that is new. */
export const noteGone = async (
	store: IngestStore,
	{home, there, failures}: Walk,
	known: ReadonlyMap<string, KnownFile>,
): Promise<boolean> => {
	let isNews = false;
	for (const file of known.values()) {
		const isThere = there.has(file.key);
		const isHidden = failures.some(failure => isBelow(file.path, failure.path));
		const isGone = !isThere && isBelow(file.path, home);
		if (isGone !== file.isGone && (isGone || isThere) && !(isGone && isHidden)) {
			await store.markGone(file.id, isGone);
			isNews = true;
		}
	}

	return isNews;
};
