import crypto from 'node:crypto';
import type {FindingsIndex, UnseenEvent} from '../findings-index.js';
import type {KnownFile} from '../ingest-store.js';
import type {Connection} from './database.js';
import {endIdOf, fileOf, firstIdOf} from './ids.js';
import {indexedLogs} from './indexed-logs.js';
import {logSteps} from './log-steps.js';
import {eventRecords} from './output-records.js';
import {progressRows} from './search-progress.js';

/** Bytes of lines that one step takes on: some hundredths of a second. */
const stepBytes = 192 * 1024;

/** Bytes of a key: among a million values, hardly two have the same. */
const keyLength = 8;

type Row = {id: number; prompt: string | null; imageCount: number | null};

/** Events that are told as they happened, prompts of a person also where they are a copy of the parent's. */
const isTold = `events.completes is null and (events.inherited = 0 or prompts.id is not null)
	and events.kind not in ('token-usage', 'turn-start', 'rollback')`;

export const findingsIndex = (db: Connection, indexDb: Connection): FindingsIndex => {
	const rows = progressRows(db, ['findings']);
	const steps = logSteps(indexDb, rows);
	const logs = indexedLogs(indexDb, rows, ['findings'], steps.isSameEvent);
	const recordsOf = eventRecords(indexDb);
	const columns = `events.id, prompts.text as prompt, prompts.image_count as imageCount`;
	const joins = "left join prompts on prompts.id = events.id and prompts.asker = 'person' and prompts.gone <> 2";
	const events = indexDb.prepare(`
		select ${columns} from events ${joins} where events.id >= ? and events.id < ? and ${isTold} order by events.id
	`);
	const someEvents = indexDb.prepare(`
		select ${columns} from json_each(?) wanted cross join events on events.id = wanted.value ${joins}
		where ${isTold} order by events.id
	`);
	const threadOf = indexDb
		.prepare('select thread_id from sessions where id = (select session_id from files where id = ?)')
		.pluck();
	const rules = db.prepare('select fingerprint, secret from finding_rules');
	const lessons = db.prepare('select event_id from lessons where event_id >= ? and event_id < ?').pluck();
	const teach = db.prepare('insert or ignore into lessons (event_id) values (?)');
	const meet = db.prepare(`
		insert into findings (file_id, value_key, event_id, field, start, "end", rule, class, confidence, places)
		values (@fileId, @key, @eventId, @field, @start, @end, @ruleId, @class, @confidence, @places)
		on conflict do update set places = places + excluded.places
	`);
	const meetOnce = db.prepare(`
		insert or ignore into findings (file_id, value_key, event_id, field, start, "end", rule, class, confidence, places)
		values (@fileId, @key, @eventId, @field, @start, @end, @ruleId, @class, @confidence, @places)
	`);
	const forgetFound = db.prepare('delete from findings where file_id = ? and event_id >= ? and event_id < ?');
	const forgetLessons = db.prepare('delete from lessons where event_id >= ? and event_id < ?');
	let secret: Uint8Array = new Uint8Array();
	let settledVersion: number | undefined;
	let versionAtLook: number | undefined;

	const takeBack = (from: number, to: number): void => {
		forgetFound.run(fileOf(from), from, to);
		forgetLessons.run(from, to);
	};

	const unseen = ({id, prompt, imageCount}: Row): UnseenEvent => ({
		id,
		prompt,
		records: prompt !== null && imageCount === 0 ? [] : recordsOf(id),
	});

	const some = (ids: readonly number[]): UnseenEvent[] =>
		ids.length === 0 ? [] : (someEvents.all(JSON.stringify(ids)) as Row[]).map(unseen);

	/** As many events as have few enough bytes to be looked at together, and where to go on; null when that was all. */
	const between = (from: number, end: number): {events: UnseenEvent[]; next: number | null} => {
		const found: UnseenEvent[] = [];
		let bytes = 0;
		for (const row of events.iterate(from, end) as IterableIterator<Row>) {
			if (bytes > stepBytes) {
				return {events: found, next: row.id};
			}

			const event = unseen(row);
			found.push(event);
			bytes += event.records.reduce((sum, {length}) => sum + length, 500 + (event.prompt?.length ?? 0));
		}

		return {events: found, next: null};
	};

	const together = (work: () => void): void => {
		try {
			db.transaction(work).immediate();
		} catch (error) {
			rows.forget();
			throw error;
		}
	};

	return {
		beginWith(fingerprint) {
			const known = rules.get() as {fingerprint: string; secret: Uint8Array} | undefined;
			secret = known?.secret ?? crypto.randomBytes(32);
			if (known?.fingerprint === fingerprint) {
				return;
			}

			together(() => {
				db.exec("delete from findings; delete from lessons; delete from progress where part = 'findings'");
				db.prepare('insert or replace into finding_rules (id, fingerprint, secret) values (1, ?, ?)').run(
					fingerprint,
					secret,
				);
			});
			rows.forget();
		},
		areOf: fingerprint => (rules.get() as {fingerprint: string} | undefined)?.fingerprint === fingerprint,
		hasNews: () => db.open && settledVersion !== logs.version(),
		settle() {
			settledVersion = versionAtLook;
		},
		forgetSome() {
			versionAtLook = logs.version();
			const stray = logs.stray(undefined);
			if (stray === undefined) {
				return false;
			}

			together(() => {
				takeBack(firstIdOf(stray), endIdOf(stray));
				rows.remove(stray);
			});
			return true;
		},
		progress: () => logs.progress(undefined),
		behind: () => logs.behind('findings', undefined),
		next(file: KnownFile) {
			const taken: {from: number; to: number}[] = [];
			const start = steps.start('findings', file, {
				removeAll: (from, to) => taken.push({from, to}),
				remove: id => taken.push({from: id, to: id + 1}),
			});
			const {events: found, next} = between(start.from, start.end);
			return {
				thread: (threadOf.get(file.id) as string | undefined) ?? '',
				from: start.from,
				isTakenBack: taken.length > 0,
				events: [...some(start.touched), ...found],
				write(seen) {
					let step = {bytes: 0, isDone: false, next: start.from};
					together(() => {
						for (const {from, to} of taken) {
							takeBack(from, to);
						}

						for (const {id, values, isLesson} of seen) {
							// What an event told before it was completed is told anew; what others told is not counted again.
							const isTouched = id < start.from;
							const note = isTouched ? meetOnce : meet;
							if (isTouched) {
								forgetFound.run(file.id, id, id + 1);
							}

							for (const value of values) {
								note.run({...value, fileId: file.id, eventId: id});
							}

							if (isLesson) {
								teach.run(id);
							}
						}

						step = {...steps.end(start, file, next), next: Math.min(next ?? start.end, start.unfinished)};
					});
					return step;
				},
			};
		},
		lessons: (file, before) => some(lessons.all(firstIdOf(file.id), before) as number[]),
		keyOf: value => crypto.createHmac('sha256', secret).update(value).digest().subarray(0, keyLength),
	};
};
