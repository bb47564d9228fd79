import fs from 'node:fs';
import {bytesOfFile} from '../files/log-bytes.js';
import {SliceReader} from '../files/slice-reader.js';
import type {Format, RecordedLine} from '../formats/format.js';
import type {LogEvent} from '../model/log-event.js';
import type {IngestStore, KnownFile} from '../store/ingest-store.js';
import type {RecordPlace} from '../store/search-index.js';
import {archivedBytes} from './derive-again.js';

/** Lines of a log that is there, else of the archive, which also finds them sooner than a compressed log. */
export const linesOfLog = (store: IngestStore, file: KnownFile): SliceReader => {
	const isPlain = file.format === 'jsonl' || file.format === 'json';
	const isArchived = file.archivedTo >= file.bytes;
	return (isPlain || !isArchived) && fs.existsSync(file.path)
		? new SliceReader(bytesOfFile(file), isPlain)
		: new SliceReader(archivedBytes(store, file), true);
};

/** How much is read of an event, in bytes: of a line that is longer than `longestLine` its beginning, of all its lines `longestEvent`. */
export type Lengths = {longestLine: number; beginning: number; longestEvent: number};

/** The event that lines record. */
export const readEvent = async (
	format: Pick<Format, 'describe' | 'closeRecord'>,
	records: readonly RecordPlace[],
	reader: SliceReader,
	{longestLine, beginning, longestEvent}: Lengths,
): Promise<LogEvent> => {
	const lines: RecordedLine[] = [];
	let room = longestEvent;
	for (const {line, part, offset, length} of records) {
		if (room <= 0) {
			break;
		}

		room -= length;
		const isCut = length > longestLine;
		const bytes = await reader.read(offset, isCut ? beginning : length);
		const whole = isCut ? format.closeRecord(bytes) : bytes;
		// A slice may be overwritten by the next.
		lines.push({line, part, bytes: records.length > 1 ? Buffer.from(whole) : whole});
	}

	return format.describe(lines);
};
