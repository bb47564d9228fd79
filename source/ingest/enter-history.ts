import type {FoundFile} from '../files/find-rollouts.js';
import {bytesInMemory} from '../files/log-bytes.js';
import type {PromptHistory} from '../files/prompt-history.js';
import type {Format} from '../formats/format.js';
import type {IngestStore} from '../store/ingest-store.js';
import {archiveFile} from './archive-file.js';
import {identityOf, ingestFile, isUnchanged} from './ingest-file.js';

type Target = {store: IngestStore; format: Format; batchLines: number};

const mark = '#';

const threadOf = (key: string): string => key.slice(key.lastIndexOf(mark) + 1);

/** The lines of one thread in the prompt history, as if they were a file of their own. */
const historyFile = (path: string, threadId: string, size: number): FoundFile => ({
	path,
	key: `${path}${mark}${threadId}`,
	format: 'history',
	archived: false,
	size,
	mtimeNs: 0n,
	dev: 0n,
	inode: 0n,
	birthOrName: '',
	threadId,
	rolloutId: threadId,
});

/** Enters prompts of the history whose session has no log any more, and drops those whose log has come. */
export const enterHistory = async ({store, format, batchLines}: Target, history: PromptHistory): Promise<void> => {
	const logged = await store.threadsWithLogs();
	const wanted = [...history.threads]
		.filter(([thread]) => !logged.has(thread))
		.map(([thread, bytes]) => ({file: historyFile(history.path, thread, bytes.length), bytes: bytesInMemory(bytes)}));
	const before = await store.knownFiles();
	await store.enterFiles(wanted.filter(({file}) => !before.has(file.key)).map(({file}) => identityOf(file)));
	const entered = await store.knownFiles();
	const changed = wanted.filter(({file}) => {
		const known = entered.get(file.key);
		return known !== undefined && !isUnchanged(known, file, format);
	});
	for (const {file, bytes} of changed) {
		const known = entered.get(file.key);
		if (known !== undefined) {
			await ingestFile({store, format, batchLines, bytes, async onBatch() {}}, known, file);
		}
	}

	const read = await store.knownFiles();
	for (const {file, bytes} of changed) {
		const known = read.get(file.key);
		if (known !== undefined) {
			await store.markGone(known.id, true);
			await archiveFile(store, known, async () => {}, bytes);
		}
	}

	for (const file of read.values()) {
		if (file.format === 'history' && logged.has(threadOf(file.key))) {
			await store.removeFile(file.id);
		}
	}
};
