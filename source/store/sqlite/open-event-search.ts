import type {Format} from '../../formats/format.js';
import type {EventQuery, EventSearch, HitPart, ScannedLog} from '../event-search.js';
import type {SearchPart} from '../search-index.js';
import {archiveOf} from './archive.js';
import {archivePath, type Connection, openDatabase} from './database.js';
import {defineConditions, driverOf, listedCondition} from './event-conditions.js';
import {explain} from './explain.js';
import {foundEvents, wordlessKinds} from './found-events.js';
import {fileOf} from './ids.js';
import {indexedShare} from './indexed-share.js';
import {knownSessions} from './known-sessions.js';
import {rawReader} from './raw-reader.js';
import {searchBeside} from './search-beside.js';
import {walkFiles} from './walk-files.js';
import {type IdStream, type WordStreams, wordStreams} from './word-streams.js';

type Words = {db: Connection; streams: Record<HitPart, WordStreams>; lengths: ReturnType<typeof textLengths>};

const partOf: Record<HitPart, SearchPart> = {message: 'messages', output: 'outputs'};
const parts = ['message', 'output'] as const;

/** Events counted to tell how common a word is. */
const mostCommon = 10_000;

/** Calls looked at for names of tools and files. */
const callsLookedAt = 20_000;

/** Opens an index and the search database beside it, for questions only; see `EventSearch`. */
export const openEventSearch = (file: string, format: Pick<Format, 'describe' | 'closeRecord'>): EventSearch => {
	const open: Connection[] = [];
	const close = (): void => {
		for (const db of open.splice(0)) {
			db.close();
		}
	};
	try {
		const db = openDatabase('index', file);
		open.push(db);
		db.pragma('cache_size = -8192');
		const archiveDb = openDatabase('archive', archivePath(file));
		open.push(archiveDb);
		archiveDb.pragma('cache_size = -4096');
		return eventSearch({db, archiveDb, words: wordsBeside(file), format, close});
	} catch (error) {
		close();
		throw explain(error, file);
	}
};

/** What is asked of the words beside an index. */
const wordsBeside = (file: string) =>
	searchBeside(file, (db): Words => {
		db.pragma('cache_size = -16384');
		const streams = {message: wordStreams(db, 'messages'), output: wordStreams(db, 'outputs')};
		return {db, streams, lengths: textLengths(db)};
	});

/** Lengths of texts in tokens, which FTS5 keeps beside its words. */
const textLengths = (db: Connection) => {
	const statements = (part: SearchPart) => ({
		// A Buffer takes longer to make than a row to find.
		some: db.prepare(`select s.id, hex(s.sz) from json_each(?) j cross join ${part}_docsize s on s.id = j.value`).raw(),
		all: db.prepare(`select block from ${part}_data where id = 1`).pluck(),
	});
	const byPart = {message: statements('messages'), output: statements('outputs')};
	return {
		of: (part: HitPart, ids: readonly number[]): ReadonlyMap<number, number> => {
			const sizes = byPart[part].some.all(JSON.stringify(ids)) as [id: number, size: string][];
			return new Map(sizes.map(([id, size]) => [id, numbersOf(Buffer.from(size, 'hex'))[0] ?? 0]));
		},
		/** The first record holds how many texts and how many tokens there are. */
		average: (part: HitPart): number => {
			const [texts = 0, tokens = 0] = numbersOf((byPart[part].all.get() as Buffer | undefined) ?? Buffer.alloc(0));
			return texts > 0 && tokens > 0 ? tokens / texts : 1;
		},
	};
};

/** SQLite's numbers of seven bits a byte, the highest first. */
const numbersOf = (bytes: Buffer): number[] => {
	const numbers: number[] = [];
	let value = 0;
	for (const byte of bytes) {
		value = value * 128 + (byte & 0x7f);
		if (byte < 0x80) {
			numbers.push(value);
			value = 0;
		}
	}

	return numbers;
};

type Opened = {
	db: Connection;
	archiveDb: Connection;
	words: ReturnType<typeof wordsBeside>;
	format: Pick<Format, 'describe' | 'closeRecord'>;
	close: () => void;
};

const eventSearch = ({db, archiveDb, words, format, close}: Opened): EventSearch => {
	const known = knownSessions(db);
	const archive = archiveOf(archiveDb);
	const found = foundEvents(db, rawReader(db, archive), format, known);
	defineConditions(db);
	const share = indexedShare(db);
	const details = `left join function_calls c on c.id = e.id left join prompts p on p.id = e.id left join messages m on m.id = e.id`;

	/** Which of some events are listed and fit the filters. */
	const fitting = ({filters}: EventQuery) => {
		const {sql, values} = listedCondition(filters);
		const statement = db
			.prepare(
				`select e.id from json_each(@ids) j cross join events e on e.id = j.value ${details} where ${sql} order by e.id`,
			)
			.pluck();
		return (ids: readonly number[]): number[] =>
			ids.length === 0 ? [] : (statement.all({...values, ids: JSON.stringify(ids)}) as number[]);
	};

	/** All events that fit the filters, where no word is asked for. */
	const tableStream = ({filters, words: {none}}: EventQuery): IdStream => {
		const {sql, values} = listedCondition(filters);
		const driver = none === null ? driverOf(filters) : 'events';
		const alias = {events: 'e', function_calls: 'c', prompts: 'p'}[driver];
		const joins = {
			events: `events e ${details}`,
			function_calls:
				'function_calls c cross join events e on e.id = c.id left join prompts p on p.id = c.id left join messages m on m.id = c.id',
			prompts:
				'prompts p cross join events e on e.id = p.id left join function_calls c on c.id = p.id left join messages m on m.id = p.id',
		}[driver];
		const isTold = none === null ? '1' : `e.kind not in (${wordlessKinds})`;
		const statement = db
			.prepare(
				`select e.id from ${joins} where ${alias}.id >= @from and ${alias}.id < @end and ${isTold} and ${sql}
				order by ${alias}.id limit @limit`,
			)
			.pluck();
		return range => statement.all({...values, ...range}) as number[];
	};

	const streamsOf = (query: EventQuery, isQuick: boolean) => {
		const {all} = query.words;
		if (all === null) {
			const isAsked = query.words.none !== null || query.filters.length > 0 || query.session;
			return {streams: isAsked ? [{part: 'message' as const, ids: tableStream(query)}] : [], isCut: false};
		}

		return words.ask(
			({streams}) => {
				const asked = parts.map(part => ({part, ...streams[part].expressions(all, isQuick)}));
				return {
					streams: asked.flatMap(({part, texts}) => texts.map(text => ({part, ids: safe(part, text)}))),
					isCut: asked.some(({isCut}) => isCut),
				};
			},
			{streams: [], isCut: false},
		);
	};

	/** A stream of a database that may be replaced meanwhile. */
	const safe = (part: HitPart, expression: string): IdStream => {
		let opened: Words['streams'] | undefined;
		let stream: IdStream = () => [];
		return range =>
			words.ask(({streams}) => {
				if (streams !== opened) {
					opened = streams;
					stream = streams[part].stream(expression);
				}

				return stream(range);
			}, []);
	};

	const find = (query: EventQuery, isQuick: boolean, only?: HitPart): ReturnType<EventSearch['find']> => {
		const {none, all} = query.words;
		const scope = known.scope(query.session);
		const {streams, isCut} = streamsOf(query, isQuick);
		const without =
			none === null
				? []
				: words.ask(
						({streams}) =>
							parts.flatMap(part => streams[part].expressions(none, false).texts.map(text => safe(part, text))),
						[],
					);
		const isFitting = all === null ? (ids: readonly number[]) => ids : fitting(query);
		return {
			isCut,
			events: walkFiles({
				scope,
				streams: only === undefined ? streams : streams.filter(({part}) => part === only),
				without,
				fitting: isFitting,
			}),
		};
	};

	const logRows = db.prepare(`
		select id as fileId, key, generation, path, format, bytes, archived_to >= bytes as isArchived from files
		where superseded_at is null and session_id is not null and format <> 'history' order by id
	`);
	const newestCalls = db.prepare(`select name, tool, command from function_calls order by id limit ${callsLookedAt}`);
	const mostFrequent = (names: Iterable<string>): string[] => {
		const counts = new Map<string, number>();
		for (const name of names) {
			counts.set(name, (counts.get(name) ?? 0) + 1);
		}

		return [...counts].toSorted((a, b) => b[1] - a[1]).map(([name]) => name);
	};

	return {
		find,
		filter: fitting,
		lengthsOf: (part, ids) => words.ask(({lengths}) => lengths.of(part, ids), new Map<number, number>()),
		averageLength: part => words.ask(({lengths}) => lengths.average(part), 1),
		shareOf: leaf =>
			words.ask(({db: searchDb, streams}) => {
				let counted = 0;
				let texts = 0;
				for (const part of parts) {
					counted += streams[part].count(leaf, mostCommon);
					texts += Number(
						numbersOf(
							(searchDb.prepare(`select block from ${partOf[part]}_data where id = 1`).pluck().get() as Buffer) ??
								Buffer.alloc(0),
						)[0] ?? 0,
					);
				}

				return texts === 0 ? 1 : Math.min(1, counted / texts);
			}, 1),
		...found,
		readSessions: known.readSessions,
		sessions: known.sessions,
		sessionsVersion: known.version,
		session: known.session,
		logs(query) {
			const scope = query.session === undefined ? undefined : known.scope(query.session);
			const rows = logRows.all() as (Omit<ScannedLog, 'archived'> & {
				key: string;
				generation: number;
				isArchived: number;
			})[];
			return rows
				.filter(({fileId}) => scope?.has(fileId) ?? true)
				.map(({key, generation, isArchived, ...log}) => ({
					...log,
					archived: isArchived === 1 ? {key, generation} : null,
				}));
		},
		archivedBytes({archived}) {
			const rollout = archived === null ? undefined : archive.rolloutId(archived.key, archived.generation);
			return rollout === undefined ? [] : archive.bytes(rollout, 0);
		},
		compareNewest: (a, b) => fileOf(a) - fileOf(b) || b - a,
		toolNames: () => mostFrequent((newestCalls.all() as {name: string}[]).map(({name}) => name)),
		changedFiles: () =>
			mostFrequent(
				(newestCalls.all() as {tool: string; command: string | null}[]).flatMap(({tool, command}) =>
					tool === 'patch' && command !== null ? command.split(', ') : [],
				),
			),
		indexedShare: () => words.ask(({db: searchDb}) => share(searchDb), 0),
		close() {
			words.close();
			close();
		},
	};
};
