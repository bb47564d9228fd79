import type {LogBytes} from '../files/log-bytes.js';
import {SliceReader} from '../files/slice-reader.js';
import type {ArchivedBytes, IngestStore, KnownFile} from '../store/ingest-store.js';

const newline = 0x0a;

const linesIn = (bytes: Buffer): number => {
	let count = 0;
	for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) {
		count++;
	}

	return count;
};

/**
Puts back from the log what the archive cannot give back of it any more. False, with nothing changed, where something of
what the archive still holds is not what the log holds now.
*/
export const mendArchive = async (store: IngestStore, file: KnownFile, bytes: LogBytes): Promise<boolean> => {
	const log = new SliceReader(bytes, file.format !== 'jsonl.zst');
	const lost: (Pick<ArchivedBytes, 'offset' | 'length'> & {firstLine: number})[] = [];
	let line = 1;
	try {
		for await (const {offset, length, bytes: archived, firstLine} of store.archivedBlocks(file)) {
			const now = await log.read(offset, length);
			if (now.length !== length || (archived !== null && !now.equals(archived))) {
				return false;
			}

			if (archived === null || firstLine !== line) {
				lost.push({offset, length, firstLine: line});
			}

			line += linesIn(now);
		}

		for (const block of lost) {
			const text = await log.read(block.offset, block.length);
			await store.replaceArchived(file, {...block, text, pieces: []});
		}

		return true;
	} finally {
		await log.close();
	}
};
