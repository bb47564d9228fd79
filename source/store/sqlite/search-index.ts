import type {KnownFile} from '../ingest-store.js';
import type {SearchIndex, SearchPart, TextStep} from '../search-index.js';
import {isDamage} from './check-database.js';
import type {Connection} from './database.js';
import {explain} from './explain.js';
import {endIdOf, eventId, firstIdOf, sequenceOf} from './ids.js';
import {indexedLogs, searchParts, weights} from './indexed-logs.js';
import {messageTexts} from './message-texts.js';
import {outputRecords} from './output-records.js';
import {freshProgress, type PartProgress, progressRows} from './search-progress.js';
import {setIndexAside} from './set-aside.js';
import {wordTable} from './word-table.js';

/** Characters of messages, and bytes of lines, that one step takes on. */
const stepLength = 2 * 1024 * 1024;

/** Pages given back in one step. */
const pagesToFree = 500;

/** Bytes of logs whose words are worth merging into one piece: of fewer it makes nothing faster, and 1 % smaller. */
const worthMerging = 1e9;

/** Where a step begins, and what of it was known before. */
type StepStart = {row: PartProgress; from: number; end: number; unfinished: number; touched: number[]};

export const searchIndex = (db: Connection, indexDb: Connection): SearchIndex => {
	const rows = progressRows(db);
	const tables = {messages: wordTable(db, 'messages'), outputs: wordTable(db, 'outputs')};
	const texts = messageTexts(indexDb);
	const records = outputRecords(indexDb);
	const lastOf = indexDb.prepare('select id, "offset" from events where id >= ? and id < ? order by id desc limit 1');
	// By `completes` alone, SQLite would go through whatever completes an event of any newer log: 20 ms for a million events.
	const completedBy = indexDb
		.prepare('select distinct completes from events where id >= ? and id < ? and +completes < ? order by 1')
		.pluck();
	const completingLater = indexDb
		.prepare('select id from events where completes >= ? and completes < ? and id < ?')
		.pluck();
	const mergedBytes = db.prepare('select merged_bytes from upkeep where part = ?').pluck();
	const noteMerged = db.prepare('insert or replace into upkeep (part, merged_bytes) values (?, ?)');
	let settledVersion: number | undefined;
	let versionAtLook: number | undefined;
	/** What was indexed when merging began. */
	let bytesToMerge: number | undefined;

	/** The last event of a file before an id. */
	const lastBefore = (fileId: number, id: number) =>
		lastOf.get(firstIdOf(fileId), id) as {id: number; offset: number} | undefined;

	/** Gives back some of the pages that merging has left free. */
	const vacuumSome = (): boolean => {
		db.pragma(`incremental_vacuum(${pagesToFree})`);
		return (db.pragma('freelist_count', {simple: true}) as number) > 0;
	};

	const isSameEvent = ({fileId, sequence, lastOffset}: PartProgress): boolean =>
		(lastBefore(fileId, eventId(fileId, sequence))?.offset ?? null) === lastOffset;

	const logs = indexedLogs(indexDb, rows, isSameEvent);

	const rowOf = (part: SearchPart, file: KnownFile): PartProgress =>
		rows.get(part, file.id) ?? freshProgress(part, file);

	/** Brings what was indexed of a part before in step with events that came to be known since. */
	const startStep = (part: SearchPart, file: KnownFile): StepStart => {
		const row = rowOf(part, file);
		const from = eventId(file.id, row.sequence);
		const end = (lastBefore(file.id, endIdOf(file.id))?.id ?? firstIdOf(file.id) - 1) + 1;
		// An unfinished last line is read again once there is more.
		const unfinished = file.unfinishedSequence === null ? end : eventId(file.id, file.unfinishedSequence);
		const touched = new Set<number>();
		if (row.bytes !== null) {
			tables[part].removeAll(from, endIdOf(file.id));
		}

		if (row.sequence > 0 && row.knownTo < sequenceOf(end)) {
			const news = eventId(file.id, row.knownTo);
			for (const id of completedBy.all(news, end, from) as number[]) {
				touched.add(id);
			}

			for (const id of completingLater.all(news, end, from) as number[]) {
				tables[part].remove(id);
				touched.delete(id);
			}
		}

		return {row, from, end, unfinished: Math.min(end, unfinished), touched: [...touched]};
	};

	/** Notes that everything before an event is indexed; at the end of the file, all but its unfinished line. */
	const endStep = ({row, end, unfinished}: StepStart, file: KnownFile, to: number | null): TextStep => {
		const isDone = to === null;
		const next = Math.min(to ?? end, unfinished);
		const lastOffset = lastBefore(file.id, next)?.offset ?? null;
		const indexedBytes = isDone ? file.bytes : (lastOffset ?? 0);
		rows.write({
			...freshProgress(row.part, file),
			sequence: next - firstIdOf(file.id),
			lastOffset,
			knownTo: unfinished - firstIdOf(file.id),
			indexedBytes,
			bytes: isDone ? file.bytes : null,
		});
		return {bytes: Math.max(0, indexedBytes - row.indexedBytes), isDone};
	};

	const store: SearchIndex = {
		hasNews: () => settledVersion !== logs.version(),
		settle() {
			settledVersion = versionAtLook;
		},
		forgetSome(keys) {
			versionAtLook = logs.version();
			const stray = logs.stray(keys);
			if (stray === undefined) {
				return false;
			}

			const [from, to] = [firstIdOf(stray), endIdOf(stray)];
			const isLeft = searchParts.map(part => tables[part].removeSome(from, to)).includes(true);
			if (!isLeft) {
				rows.remove(stray);
			}

			return true;
		},
		progress: keys => logs.progress(keys),
		behind: (part, keys) => logs.behind(part, keys),
		weightOf: part => weights[part],

		begin() {
			bytesToMerge = undefined;
			db.exec('begin immediate');
		},

		indexMessages(file) {
			const start = startStep('messages', file);
			const table = tables.messages;
			for (const id of start.touched) {
				const [text] = texts.between(id, id + 1);
				if (text === undefined) {
					table.remove(id);
				} else {
					table.write(id, text.text);
				}
			}

			let length = 0;
			for (const {id, text} of texts.between(start.from, start.end)) {
				if (length > stepLength) {
					return endStep(start, file, id);
				}

				table.write(id, text);
				length += 200 + text.length;
			}

			return endStep(start, file, null);
		},

		nextRecords(file) {
			const start = startStep('outputs', file);
			const touched = start.touched.flatMap(id => records.between(id, id + 1, stepLength).events);
			const {events, next} = records.between(start.from, start.end, stepLength);
			return {
				events: [...touched, ...events],
				write(found) {
					for (const {id, message, output} of found) {
						if (message !== null) {
							tables.messages.write(id, message);
						}

						if (output !== null) {
							tables.outputs.write(id, output);
						} else if (id < start.from) {
							tables.outputs.remove(id);
						}
					}

					return endStep(start, file, next);
				},
			};
		},

		commit() {
			db.exec('commit');
		},

		rollBack() {
			if (db.open && db.inTransaction) {
				db.exec('rollback');
				rows.forget();
			}
		},

		mergeSome(keys) {
			// A few lines more do not double a table.
			bytesToMerge ??= keys === undefined ? logs.progress(keys).bytesDone : 0;
			const bytes = bytesToMerge;
			for (const part of searchParts) {
				const merged = (mergedBytes.get(part) as number | undefined) ?? 0;
				// All of it when the table is large and has doubled; in between where many pieces are of one size.
				if (bytes >= Math.max(worthMerging, 2 * merged)) {
					noteMerged.run(part, Math.round(bytes));
					tables[part].beginMergeAll();
					return true;
				}

				if (tables[part].mergeSome()) {
					return true;
				}
			}

			return vacuumSome();
		},

		troubleOf(error) {
			const {code = ''} = error as {code?: string};
			return isDamage(error) ? 'damaged' : /^SQLITE_(?:BUSY|LOCKED)/.test(code) ? 'busy' : null;
		},

		explain: error => explain(error, db.name),

		discard() {
			const {name} = db;
			db.close();
			indexDb.close();
			try {
				setIndexAside(name);
			} catch {
				// Another program has it open: whoever meets the damage next tries again.
			}
		},

		close() {
			if (!db.open) {
				return;
			}

			store.rollBack();
			try {
				db.pragma('wal_checkpoint(TRUNCATE)');
			} catch {
				// It only tidies up: on a full disk the write-ahead log stays, and is as good.
			} finally {
				db.close();
				indexDb.close();
			}
		},
	};
	return store;
};
