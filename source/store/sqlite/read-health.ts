import fs from 'node:fs';
import {UserError} from '../../model/problem.js';
import type {DatabaseHealth, Finding, FormatHealth, Health, LogChange, LogEra, LogHealth} from '../health.js';
import {checkFile, faultsOf, sizeOf} from './check-database.js';
import {annotationsPath, archivePath, type Connection, searchPath} from './database.js';
import type {RawReader} from './raw-reader.js';

/** Bytes at the beginning of a log that tell how it is written. */
const headLength = 512;

/** Tells the era of a log from its first bytes. */
export type EraReader = (head: Uint8Array, container: string) => LogEra;

type LogRow = Omit<LogHealth, 'era' | 'isGone'> & {id: number; isGone: number};
type ChangeRow = Omit<LogChange, 'at'> & {at: number};
type ArchivedRow = {pending: number; lost: number};

/** The databases of a check-up. */
export type HealthSources = {
	db: Connection;
	archiveDb: Connection;
	/** Path of the index. */
	file: string;
	raw: RawReader;
	eraOf: EraReader;
};

/** A check-up of everything that the databases hold. */
export const readHealth = async ({db, archiveDb, file, raw, eraOf}: HealthSources): Promise<Health> => {
	// Lines of the prompt history stand in for logs that are gone; they are no logs.
	const logs = db.prepare(`
		select id, session_id as sessionId, path, format as container, bytes, gone_at is not null as isGone
		from files where superseded_at is null and session_id is not null order by place
	`);
	const changes = db.prepare(`
		select path, thread_id as threadId, coalesce(superseded_at, files.gone_at) as at,
			coalesce(superseded_reason, 'deleted') as reason,
			(select count(*) from prompts where prompts.id >= files.id << 24 and prompts.id < (files.id + 1) << 24
				and asker = 'person' and gone = (superseded_at is not null)) as prompts
		from files left join sessions on sessions.id = session_id
		where (superseded_at is not null or files.gone_at is not null) and format <> 'history'
		order by at desc, files.id
	`);
	const problems = db.prepare(`
		select reason as what, count(*) as count, path, line, min(problems.id) as first from problems
		join files on files.id = problems.file_id where superseded_at is null group by reason order by count desc, reason
	`);
	const unknownKinds = db.prepare(`
		select label as what, count(*) as count, path, line, min(events.id) as first from notes
		join events using (id) join files on files.id = events.file_id
		where kind = 'unknown' and superseded_at is null group by label order by count desc, label
	`);
	const versions = db.prepare(`
		select cli_version as version, count(*) as sessions from sessions group by cli_version order by sessions desc
	`);
	const behind = db.prepare(`
		select total(iif(superseded_at is null and gone_at is null, max(bytes - archived_to, 0), 0)) as pending,
			total(iif(superseded_at is null and gone_at is null, 0, max(bytes - archived_to, 0))) as lost
		from files
	`);
	const listed = db.prepare('select key from files').pluck();
	const archived = archiveDb.prepare("select distinct key from rollouts where format <> 'history'").pluck();
	const archivedBytes = archiveDb.prepare('select total(length) from blocks').pluck();

	/** Undefined when the archive is damaged there, which is told with the databases. */
	const headOf = async (id: number, bytes: number): Promise<Buffer | undefined> => {
		try {
			return await raw.read(id, 0, Math.min(headLength, bytes));
		} catch (error) {
			if (error instanceof UserError) {
				return undefined;
			}

			throw error;
		}
	};

	const logHealth = async (row: LogRow): Promise<LogHealth> => {
		const {id, isGone, ...log} = row;
		const head = log.container === 'history' ? undefined : await headOf(id, log.bytes);
		return {...log, era: head === undefined ? null : eraOf(head, log.container), isGone: isGone !== 0};
	};

	const findings = (rows: unknown[]): Finding[] =>
		(rows as (Finding & {first: number})[]).map(({what, count, path, line}) => ({what, count, path, line}));

	const databases = (): DatabaseHealth[] => [
		{part: 'index', path: file, bytes: sizeOf(file), faults: faultsOf(db, 'index')},
		{
			part: 'archive',
			path: archivePath(file),
			bytes: sizeOf(archivePath(file)),
			faults: faultsOf(archiveDb, 'archive'),
		},
		// These come with the first words and the first note.
		...(['search', 'annotations'] as const).flatMap(part => {
			const path = part === 'search' ? searchPath(file) : annotationsPath(file);
			return fs.existsSync(path) ? [{part, path, bytes: sizeOf(path), faults: checkFile(part, path)}] : [];
		}),
	];

	const all: LogHealth[] = [];
	for (const row of logs.all() as LogRow[]) {
		all.push(await logHealth(row));
	}

	const known = new Set(listed.all() as string[]);
	const unlisted = (archived.all() as string[]).filter(key => !known.has(key)).length;
	const {pending, lost} = behind.get() as ArchivedRow;
	return {
		logs: all,
		formats: formatsOf(all),
		changes: (changes.all() as ChangeRow[]).map(row => ({...row, at: new Date(row.at).toISOString()})),
		problems: findings(problems.all()),
		unknownKinds: findings(unknownKinds.all()),
		versions: (versions.all() as Health['versions']).toSorted((a, b) => newestFirst(a.version, b.version)),
		databases: databases(),
		archive: {bytes: archivedBytes.get() as number, pending, lost, unlisted},
	};
};

const formatsOf = (logs: readonly LogHealth[]): FormatHealth[] => {
	const groups = Map.groupBy(
		logs.filter(log => !log.isGone),
		({container, era}) => `${container} ${era}`,
	);
	return [...groups.values()]
		.flatMap(([first, ...rest]): FormatHealth[] => {
			if (first === undefined) {
				return [];
			}

			const same = [first, ...rest];
			return [
				{
					container: first.container,
					era: first.era,
					sessions: new Set(same.map(log => log.sessionId)).size,
					files: same.length,
					bytes: same.reduce((sum, log) => sum + log.bytes, 0),
				},
			];
		})
		.toSorted((a, b) => b.files - a.files);
};

/** Numbers compare as numbers; sessions without a version come last. */
const newestFirst = (a: string | null, b: string | null): number =>
	a === null || b === null ? Number(a === null) - Number(b === null) : b.localeCompare(a, 'en', {numeric: true});
