import type {SearchIndex} from '../search-index.js';
import {isDamage} from './check-database.js';
import type {Connection} from './database.js';
import {explain} from './explain.js';
import {findingsIndex} from './findings-index.js';
import {endIdOf, firstIdOf} from './ids.js';
import {indexedLogs, searchParts, weights} from './indexed-logs.js';
import {logSteps} from './log-steps.js';
import {messageTexts} from './message-texts.js';
import {outputRecords} from './output-records.js';
import {progressRows} from './search-progress.js';
import {setIndexAside} from './set-aside.js';
import {wordTable} from './word-table.js';

/** Characters of messages, and bytes of lines, that one step takes on. */
const stepLength = 2 * 1024 * 1024;

/** Pages given back in one step. */
const pagesToFree = 500;

/** Bytes of logs whose words are worth merging into one piece: of fewer it makes nothing faster, and 1 % smaller. */
const worthMerging = 1e9;

export const searchIndex = (db: Connection, indexDb: Connection): SearchIndex => {
	const rows = progressRows(db, searchParts);
	const tables = {messages: wordTable(db, 'messages'), outputs: wordTable(db, 'outputs')};
	const texts = messageTexts(indexDb);
	const records = outputRecords(indexDb);
	const mergedBytes = db.prepare('select merged_bytes from upkeep where part = ?').pluck();
	const noteMerged = db.prepare('insert or replace into upkeep (part, merged_bytes) values (?, ?)');
	let settledVersion: number | undefined;
	let versionAtLook: number | undefined;
	/** What was indexed when merging began. */
	let bytesToMerge: number | undefined;

	/** Gives back some of the pages that merging has left free. */
	const vacuumSome = (): boolean => {
		db.pragma(`incremental_vacuum(${pagesToFree})`);
		return (db.pragma('freelist_count', {simple: true}) as number) > 0;
	};

	const steps = logSteps(indexDb, rows);
	const logs = indexedLogs(indexDb, rows, searchParts, steps.isSameEvent);

	const findings = findingsIndex(db, indexDb);

	const store: SearchIndex = {
		findings,
		hasNews: () => db.open && settledVersion !== logs.version(),
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
			const start = steps.start('messages', file, tables.messages);
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
					return steps.end(start, file, id);
				}

				table.write(id, text);
				length += 200 + text.length;
			}

			return steps.end(start, file, null);
		},

		nextRecords(file) {
			const start = steps.start('outputs', file, tables.outputs);
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

					return steps.end(start, file, next);
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
