import fs from 'node:fs';
import path from 'node:path';
import type {Format, RecordedLine} from '../../formats/format.js';
import type {ImagePlaceholder, LogEvent} from '../../model/log-event.js';
import {NotStored, type Problem} from '../../model/problem.js';
import type {EventId, Prompt, PromptSummary, SessionId} from '../../model/session.js';
import type {EventDetail, RawLine, Store} from '../store.js';
import {sqliteAnnotations} from './annotations.js';
import {annotationsConnection} from './annotations-connection.js';
import {archiveOf} from './archive.js';
import {annotationsPath, archivePath, type Connection, keyPath, openDatabase} from './database.js';
import {explained} from './explained.js';
import {fileOf} from './ids.js';
import {keyFile} from './key-file.js';
import {type LastingKeys, lastingKeys} from './lasting-keys.js';
import {noteDamage} from './note-damage.js';
import {type Databases, openCopies} from './open-copies.js';
import {personName} from './person-name.js';
import {rawReader} from './raw-reader.js';
import {eventReader, type RecordRow} from './read-events.js';
import {findingsReader} from './read-findings.js';
import {type EraReader, readHealth} from './read-health.js';
import {sessionReader} from './read-sessions.js';
import {sizesReader} from './read-sizes.js';
import {usageReader} from './read-usage.js';
import {sqliteRedactions} from './redactions.js';

/** Bytes of an unreadable line that are shown. */
const excerptLength = 4096;

/** Records up to this length are described whole, longer ones by so much of their beginning. */
const longestRecord = 16 * 1024 * 1024;
const beginning = 1024 * 1024;

const newline = 0x0a;

const absolutePath = (reference: string): string => {
	try {
		return fs.realpathSync(reference);
	} catch {
		return path.resolve(reference);
	}
};

/**
Opens a database for reading, creating or migrating it first where needed; copies of it where nothing can be written.
`format` describes events, and tells
of what era a log is.
*/
export const openStore = async (
	file: string,
	format: Pick<Format, 'describe' | 'closeRecord'> & {eraOf?: EraReader},
): Promise<Store> => {
	const {db, archiveDb, close} = openBoth(file);
	db.pragma('cache_size = -8192');
	const sessions = sessionReader(db);
	const events = eventReader(db);
	const usage = usageReader(db);
	const raw = rawReader(db, archiveOf(archiveDb));
	const findings = findingsReader(db, file);
	const annotations = annotationsConnection(annotationsPath(file));
	let keys: LastingKeys | undefined;
	const keysOf = (): LastingKeys => {
		keys ??= lastingKeys(db, raw, events);
		return keys;
	};

	const sessionRow = db.prepare('select session_id from files where id = ?').pluck();
	const problemRows = db.prepare(`
		select problems.id, files.path, line, "offset", length, reason from problems
		join files on files.id = problems.file_id
		where files.superseded_at is null and (@sessionId is null or files.session_id = @sessionId) order by problems.id
	`);

	const recorded = async (fileId: number, {line, part, offset, length}: RecordRow): Promise<RecordedLine> => ({
		line,
		part,
		bytes:
			length > longestRecord
				? format.closeRecord(await raw.read(fileId, offset, beginning))
				: await raw.read(fileId, offset, length),
	});

	/** The event that an id and its companions record; the first row must be its own. */
	const describe = async (id: EventId, rows: readonly RecordRow[]): Promise<LogEvent> => {
		const lines: RecordedLine[] = [];
		for (const row of rows) {
			lines.push(await recorded(fileOf(id), row));
		}

		return events.settled(id, format.describe(lines));
	};

	/** The scope's events in order; what a reviewer did stands inside the review's event. */
	async function* eventsOf(
		placed: ReturnType<typeof events.placedIds>,
		isWanted: IsWanted,
		except?: EventId,
	): AsyncGenerator<LogEvent> {
		let review: {id: EventId; event: LogEvent & {kind: 'review'}} | undefined;
		for (const {id, inside, inherited} of placed) {
			// Copies of the parent's lines are told where they happened.
			const isPassedOver = id === except || inherited || !isWanted(id);
			const [first, ...rest] = isPassedOver ? [] : inTellingOrder(id, events.records(id));
			if (first === undefined || first.isProblem) {
				continue;
			}

			const event = await describe(id, [first, ...rest]);
			if (review !== undefined && inside === review.id) {
				review.event.events = [...(review.event.events ?? []), event];
				continue;
			}

			if (review !== undefined) {
				yield review.event;
				review = undefined;
			}

			if (event.kind === 'review' && event.entered) {
				review = {id, event};
			} else {
				yield event;
			}
		}

		if (review !== undefined) {
			yield review.event;
		}
	}

	const imagesOf = async (id: EventId): Promise<ImagePlaceholder[]> => {
		const event = await describe(id, inTellingOrder(id, events.records(id)));
		return event.kind === 'message' ? event.images : [];
	};

	const promptWithEvents = async (
		sessionId: SessionId,
		summary: PromptSummary,
		index: number,
		isWanted: IsWanted,
	): Promise<Prompt> => {
		const isTold = isWanted(summary.id);
		const found: LogEvent[] = [];
		const isOwn = summary.state !== 'inherited';
		const placed = isOwn ? events.placedIds({sessionId, promptId: summary.id}) : [];
		for await (const event of eventsOf(placed, isWanted, summary.id)) {
			found.push(event);
		}

		return {
			id: summary.id,
			index,
			text: isTold ? events.promptText(summary.id) : '',
			state: summary.state,
			gone: summary.gone,
			startedAt: summary.startedAt,
			endedAt: summary.endedAt,
			images: isTold && summary.imageCount > 0 ? await imagesOf(summary.id) : [],
			usage: summary.usage,
			events: found,
		};
	};

	const problemDetail = async (id: EventId, row: RecordRow): Promise<EventDetail> => {
		const file = raw.pathOf(fileOf(id));
		const bytes = await raw.read(fileOf(id), row.offset, Math.min(row.length, excerptLength));
		const {line, offset, length} = row;
		const problem: Problem = {path: file, line, offset, length, reason: row.reason ?? ''};
		return {id, event: {kind: 'problem', problem, excerpt: bytes.toString('utf8')}, path: file, lines: [line]};
	};

	const prelude = (id: SessionId, isWanted: IsWanted): AsyncGenerator<LogEvent> =>
		eventsOf(events.idsBeforePersons(id), isWanted);

	async function* prompts(id: SessionId, isWanted: IsWanted): AsyncGenerator<Prompt> {
		const asked = events.prompts(id).filter(({asker}) => asker === 'person');
		for (const [index, summary] of asked.entries()) {
			yield await promptWithEvents(id, summary, index + 1, isWanted);
		}
	}

	const store: Store = {
		totals: async () => sessions.totals(),
		usage: query => usage.entries(query),
		listSessions: async page => sessions.list(page),
		session: async id => sessions.get(id),
		findSessions: async reference =>
			sessions.find(
				reference === 'last'
					? reference
					: reference.includes('/') || reference.includes('.')
						? absolutePath(reference)
						: reference,
				path.basename(reference).replace(/\.zst$/, ''),
			),
		sourceFiles: async id => sessions.files(id),
		sessionOf: async id => (sessionRow.get(fileOf(id)) as SessionId | undefined) ?? 0,
		listPrompts: async id => events.prompts(id),
		promptText: async id => events.promptText(id),
		eventIds: async scope => events.ids(scope),
		listEvents: async ids => events.summaries(ids),

		async event(id) {
			const rows = inTellingOrder(id, events.records(id));
			const [first] = rows;
			if (first === undefined) {
				return undefined;
			}

			if (first.isProblem) {
				return problemDetail(id, first);
			}

			const lines = [...new Set(rows.map(row => row.line))].toSorted((a, b) => a - b);
			const [longest] = rows.filter(row => row.length > longestRecord).toSorted((a, b) => b.length - a.length);
			return {
				id,
				event: await describe(id, rows),
				path: raw.pathOf(fileOf(id)),
				lines,
				...(longest && {cut: {line: longest.line, bytes: longest.length}}),
			};
		},

		prelude: id => prelude(id, everything),
		prompts: id => prompts(id, everything),

		async *rawLines(id, line): AsyncGenerator<RawLine> {
			for (const fileId of events.filesOf(id)) {
				for await (const rawLine of raw.lines(fileId, line ?? 1)) {
					yield rawLine;
					if (line !== undefined && rawLine.bytes.at(-1) === newline) {
						break;
					}
				}
			}
		},

		async *problems(id) {
			for (const row of problemRows.all({sessionId: id ?? null}) as (Problem & {id: number})[]) {
				const {id: _id, ...problem} = row;
				yield problem;
			}
		},

		async health() {
			const health = await readHealth({db, archiveDb, file, raw, eraOf: format.eraOf ?? (() => null)});
			if (health.databases.some(({part, faults}) => part === 'archive' && faults.length > 0)) {
				try {
					noteDamage(db, archiveDb);
				} catch {
					// It can be told all the same, and the next check-up notes it.
				}
			}

			return health;
		},

		sizes: query => sizesReader(db, raw, file).sizes(query),
		findings: {
			counts: async rules => findings.counts(rules),
			of: async (id, rules) => findings.of(id, rules),
			isLookedThrough: async (id, rules) => findings.isLookedThrough(id, rules),
			unseenBytes: async (id, rules) => findings.unseenBytes(id, rules),
			lessons: rules => ({
				prelude: id => prelude(id, findings.teaches(id, rules)),
				prompts: id => prompts(id, findings.teaches(id, rules)),
			}),
		},
		annotations: sqliteAnnotations(annotations, keysOf, personName()),
		redactions: sqliteRedactions({
			connection: annotations,
			key: keyFile(keyPath(file)),
			origins: () => sessions.origins(),
			actor: personName(),
		}),

		async close() {
			annotations.close();
			findings.close();
			close();
		},
	};
	return explained(store, file);
};

const openBoth = (file: string): Databases => {
	const open: Connection[] = [];
	const close = (): void => {
		for (const database of open) {
			database.close();
		}
	};
	try {
		const db = openDatabase('index', file);
		open.push(db);
		const archiveDb = openDatabase('archive', archivePath(file));
		open.push(archiveDb);
		return {db, archiveDb, close};
	} catch (error) {
		close();
		if (error instanceof NotStored && error.reason !== 'in use' && fs.existsSync(file)) {
			return openCopiesOr(error, file);
		}

		throw error;
	}
};

/** What hinders the original says more than what hinders the copy. */
const openCopiesOr = (hindrance: NotStored, file: string): Databases => {
	try {
		return openCopies(file);
	} catch {
		throw hindrance;
	}
};

/** Which events are told; the texts of other prompts are left out. */
type IsWanted = (id: EventId) => boolean;

const everything: IsWanted = () => true;

/** The event's own line first, then those that repeat or complete it, in the order of the file. */
const inTellingOrder = (id: EventId, rows: readonly RecordRow[]): RecordRow[] => [
	...rows.filter(row => row.id === id),
	...rows.filter(row => row.id !== id),
];
