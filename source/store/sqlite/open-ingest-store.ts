import type {FileIdentity, IngestStore, KnownFile, Progress} from '../ingest-store.js';
import {type ArchivedRollout, archiveOf} from './archive.js';
import {annotationsPath, archivePath, type Connection, openDatabase, refuseNewer} from './database.js';
import {explain} from './explain.js';
import {explained} from './explained.js';
import {copyFinder} from './find-copies.js';
import {type ForgottenLogs, forgottenLogs} from './forgotten-logs.js';
import {firstFileId} from './ids.js';
import {fileQuery} from './known-files.js';
import {ledgerBlob, ledgerOfRow, ledgerQuery} from './peek-ledger.js';
import {rowWriter} from './write-rows.js';
import {sessionWriter} from './write-session.js';

type Claim = {id: number; key: string; generation: number; end: number};
type Position = {readTo: number; generation: number; sessionId: number | null; isSuperseded: number};

/** Whether nobody has gone on with the file, or begun it anew, since it was looked at. */
const isAsKnown = (now: Position, known: KnownFile): boolean =>
	now.readTo === known.readTo && now.generation === known.generation && now.isSuperseded === Number(known.isSuperseded);

/** The writing side of a database, for one ingest at a time. */
export const openIngestStore = (file: string): IngestStore => {
	const open: Connection[] = [];
	try {
		const db = openDatabase('index', file);
		open.push(db);
		const archiveDb = openDatabase('archive', archivePath(file));
		open.push(archiveDb);
		return explained(ingestStore(db, archiveDb, forgottenLogs(annotationsPath(file))), file);
	} catch (error) {
		for (const database of open) {
			database.close();
		}

		throw explain(error, file);
	}
};

const ingestStore = (db: Connection, archiveDb: Connection, forgotten: ForgottenLogs): IngestStore => {
	// Rows and blocks are appended: twice as much makes nothing faster.
	db.pragma('cache_size = -16384');
	archiveDb.pragma('cache_size = -4096');
	// Nothing else may hold what the archive holds.
	archiveDb.pragma('synchronous = FULL');
	const archive = archiveOf(archiveDb);
	const rows = rowWriter(db);
	const sessions = sessionWriter(db, rows.flush);
	const copies = copyFinder(db);
	const known = fileQuery(db, 'where superseded_at is null');
	const knownById = fileQuery(db, 'where id = ?');
	const knownByKey = fileQuery(db, 'where superseded_at is null and key = ?');
	const dataVersion = db.prepare('pragma data_version').pluck();
	let seenVersion = dataVersion.get();
	const enter = db.prepare(`
		insert into files (
			id, key, path, format, archived, size, mtime_ns, device, inode, generation, head_hash, end_hash, read_to,
			bytes, lines, blank_lines, reader, ingested_at, place
		) values (?, ?, ?, ?, ?, -1, 0, 0, 0, ?, '', '', 0, 0, 0, 0, '', 0, ?)
		on conflict (key, generation) do nothing
	`);
	const highestPlace = db.prepare('select coalesce(max(place), 0) from files').pluck();
	const lowestId = db.prepare(`select coalesce(min(id), ${firstFileId}) from files`).pluck();
	const move = db.prepare(`
		update files set path = ?, format = ?, archived = ?, size = ?, mtime_ns = ?, device = ?, inode = ? where id = ?
	`);
	const restart = db.prepare(`
		update files set head_hash = '', end_hash = '', read_to = 0, bytes = 0, lines = 0, blank_lines = 0,
			unfinished_sequence = null, size = -1 where id = ?
	`);
	const dropState = db.prepare('delete from reading_states where file_id = ?');
	const saveState = db.prepare(`
		insert into reading_states (file_id, state, facts) values (?, ?, ?)
		on conflict (file_id) do update set state = excluded.state, facts = excluded.facts
	`);
	const outdated = fileQuery(db, "where reader <> ? and reader <> '' and archived_to >= bytes");
	const ledger = db.prepare(ledgerQuery);
	const saveLedger = db.prepare('insert or replace into ledgers (source, surroundings, stamps) values (?, ?, ?)');
	const dropLedger = db.prepare('delete from ledgers where source = ?');
	const dropLedgers = db.prepare('delete from ledgers');
	const forget = db.prepare("update files set reader = 'forgotten' where reader <> ''");
	const removeFile = db.prepare('delete from files where id = ?');
	const threadsWithLogs = db
		.prepare(
			"select distinct thread_id from sessions join files on files.session_id = sessions.id where files.format <> 'history'",
		)
		.pluck();
	const setGone = db.prepare('update files set gone_at = ? where id = ?');
	const versionOf = db.prepare('select 1 from files where key = ? and generation = ?').pluck();
	// A sorted query of bare parameters would be prepared again each time.
	const newestOf = db.prepare('select generation, place from files where key = +? order by generation desc limit 1');
	const enterVersion = db.prepare(`
		insert into files (
			id, key, path, format, archived, size, mtime_ns, device, inode, generation, head_hash, end_hash, read_to, bytes,
			archived_to, lines, blank_lines, reader, ingested_at, place, superseded_at, superseded_reason, gone_at
		) values (
			@id, @key, @path, @format, 0, -1, 0, 0, 0, @generation, '', '', 0, @bytes, @bytes, 0, 0, 'archived', 0,
			coalesce(@place, (select coalesce(max(place), 0) + 1 from files)), @supersededAt, @reason, @goneAt
		)
	`);
	const readerState = db.prepare('select state from reading_states where file_id = ?').pluck();
	const supersede = db.prepare('update files set superseded_at = ?, superseded_reason = ? where id = ?');
	const succeed = db
		.prepare(`
			insert into files (
				id, key, path, format, archived, size, mtime_ns, device, inode, generation, head_hash, end_hash, read_to,
				bytes, lines, blank_lines, reader, ingested_at, place, session_id
			)
			select ?, key, path, format, archived, -1, 0, 0, 0, ?, '', '', 0, 0, 0, 0, '', 0, place, session_id
			from files where id = ? returning id
		`)
		.pluck();
	const position = db.prepare(
		'select read_to as readTo, generation, session_id as sessionId, superseded_at is not null as isSuperseded from files where id = ?',
	);
	const advance = db.prepare(`
		update files set session_id = ?, rollout_id = ?, base_rollout_id = ?, base_end = ?, head_hash = ?, end_hash = ?, read_to = ?, bytes = ?, lines = ?, blank_lines = ?,
			reader = ?, unfinished_sequence = ?, is_compared = 0, ingested_at = ? where id = ?
	`);
	const movePrompts = db.prepare('update prompts set session_id = ? where session_id = ? and file_id = ?');
	const name = db.prepare(`
		insert into thread_names (thread_id, name) values (?, ?)
		on conflict (thread_id) do update set name = excluded.name where name is not excluded.name
	`);
	const namedThreads = db.prepare('select thread_id from thread_names').pluck();
	const unname = db.prepare('delete from thread_names where thread_id = ?');
	const sessionOfThread = db.prepare('select id from sessions where thread_id = ?').pluck();
	const renamed = new Set<string>();

	const setGeneration = db.prepare('update files set generation = ?, archived_to = 0 where id = ?');
	const archivedTo = db.prepare('update files set archived_to = ? where id = ? and generation = ?');
	const claims = db.prepare('select id, key, generation, archived_to as "end" from files where archived_to > 0');
	/** How far files are archived since the last commit, by their id. */
	const archivedSince = new Map<number, {generation: number; end: number}>();

	const moveTo = (id: number, identity: FileIdentity): void => {
		const {path, format, archived, size, mtimeNs, device, inode} = identity;
		move.run(path, format, Number(archived), size, mtimeNs, device, inode, id);
	};

	const refreshSessionOf = (id: number): void => {
		const {sessionId} = position.get(id) as {sessionId: number | null};
		if (sessionId !== null) {
			sessions.refresh(sessionId);
		}
	};

	const write = (file: KnownFile, progress: Progress): boolean => {
		const now = position.get(file.id) as Position | undefined;
		if (now === undefined || !isAsKnown(now, file)) {
			return false;
		}

		const {facts} = progress;
		const sessionId = sessions.enter(facts.threadId ?? progress.namedThreadId ?? `file:${file.key}`);
		if (file.unfinishedSequence !== null) {
			rows.remove(file.id, file.unfinishedSequence);
		}

		rows.write(file.id, sessionId, progress.rows);
		const {headHash, endHash, readTo, bytes, lines, blankLines, reader, readerState, unfinishedSequence} = progress;
		advance.run(
			sessionId,
			progress.rolloutId ?? facts.threadId,
			facts.base?.rolloutId ?? null,
			facts.base?.endOffset ?? null,
			headHash,
			endHash,
			readTo,
			bytes,
			lines,
			blankLines,
			reader,
			unfinishedSequence,
			Date.now(),
			file.id,
		);
		saveState.run(file.id, readerState, JSON.stringify(facts));
		if (progress.identity !== null) {
			moveTo(file.id, progress.identity);
		}

		sessions.refresh(sessionId);
		if (now.sessionId !== null && now.sessionId !== sessionId) {
			rows.flush();
			movePrompts.run(sessionId, now.sessionId, file.id);
			sessions.refresh(now.sessionId);
		}

		return true;
	};

	const lowestFileId = (): number => lowestId.get() as number;
	const refuseNewerRelease = refuseNewer('index');

	/** Opens the transaction that the next commit ends. */
	const begin = (): void => {
		if (!db.inTransaction) {
			db.exec('begin immediate');
			refuseNewerRelease(db);
		}
	};

	/** The archive may have been lost, or be an older copy: what it does not hold is archived again. */
	const takeBackClaims = (rollouts: readonly ArchivedRollout[]): void => {
		const ends = new Map(rollouts.map(({key, generation, bytes}) => [`${generation} ${key}`, bytes]));
		for (const {id, key, generation, end} of claims.all() as Claim[]) {
			const held = ends.get(`${generation} ${key}`) ?? 0;
			if (held < end) {
				archivedTo.run(held, id, generation);
			}
		}
	};

	const beginArchive = (): void => {
		if (!archiveDb.inTransaction) {
			archiveDb.exec('begin immediate');
		}
	};

	const commitArchive = (): void => {
		if (archiveDb.inTransaction) {
			archive.flush();
			archiveDb.exec('commit');
		}

		for (const [id, {generation, end}] of archivedSince) {
			begin();
			archivedTo.run(end, id, generation);
		}

		archivedSince.clear();
	};

	return {
		file: db.name,

		async knownFiles() {
			return new Map(known().map(file => [file.key, file]));
		},

		async knownFile(key) {
			return knownByKey(key)[0];
		},

		async changedByOthers() {
			const before = seenVersion;
			seenVersion = dataVersion.get();
			return seenVersion !== before;
		},

		async readerState(id) {
			return (readerState.get(id) as string | null | undefined) ?? null;
		},

		async enterFiles(files) {
			if (files.length === 0) {
				return;
			}

			begin();
			let id = lowestFileId();
			let place = highestPlace.get() as number;
			for (const {key, path, format, archived} of files.filter(file => !forgotten.hasLog(file.key))) {
				id--;
				place++;
				enter.run(id, key, path, format, Number(archived), Math.max(1, archive.lastGeneration(key)), place);
			}
		},

		async moveFile(id, identity) {
			begin();
			moveTo(id, identity);
			refreshSessionOf(id);
		},

		async restartFile(known, identity, reason) {
			begin();
			const {id} = known;
			const now = position.get(id) as Position | undefined;
			if (now === undefined || !isAsKnown(now, known)) {
				return null;
			}

			let fresh = id;
			if (reason === 'new reader') {
				rows.remove(id, 0);
				restart.run(id);
				dropState.run(id);
			} else {
				supersede.run(Date.now(), reason, id);
				const generation = Math.max(known.generation, archive.lastGeneration(known.key)) + 1;
				fresh = succeed.get(lowestFileId() - 1, generation, id) as number;
			}

			moveTo(fresh, {...identity, size: -1});
			return knownById(fresh)[0] ?? null;
		},

		async writeProgress(file, progress) {
			begin();
			return write(file, progress);
		},

		async enterArchived() {
			begin();
			const rollouts = archive.rollouts();
			takeBackClaims(rollouts);
			for (const {key, generation, path, format, bytes} of rollouts) {
				if (versionOf.get(key, generation) === undefined) {
					const newer = newestOf.get(key) as {generation: number; place: number} | undefined;
					const isOld = newer !== undefined && newer.generation > generation;
					const now = Date.now();
					enterVersion.run({
						id: lowestFileId() - 1,
						key,
						path,
						format,
						generation,
						bytes,
						place: newer?.place ?? null,
						supersededAt: isOld ? now : null,
						reason: isOld ? 'rewritten' : null,
						goneAt: isOld ? null : now,
					});
				}
			}
		},

		async outdatedFiles(reader) {
			return outdated(reader);
		},

		async forgetReaders() {
			begin();
			forget.run();
			dropLedgers.run();
		},

		async removeFile(id) {
			begin();
			rows.remove(id, 0);
			const {sessionId} = position.get(id) as {sessionId: number | null};
			removeFile.run(id);
			if (sessionId !== null) {
				sessions.refresh(sessionId);
			}
		},

		async threadsWithLogs() {
			return new Set(threadsWithLogs.all() as string[]);
		},

		async *archivedBytes(file, from) {
			const rollout = archive.rolloutId(file.key, file.generation);
			if (rollout !== undefined) {
				yield* archive.bytes(rollout, from);
			}
		},

		async markGone(id, isGone) {
			begin();
			setGone.run(isGone ? Date.now() : null, id);
			refreshSessionOf(id);
		},

		async nameThreads(names) {
			begin();
			for (const threadId of namedThreads.all() as string[]) {
				if (!names.has(threadId)) {
					unname.run(threadId);
					renamed.add(threadId);
				}
			}

			for (const [threadId, given] of names) {
				if (!forgotten.hasThread(threadId) && name.run(threadId, given).changes > 0) {
					renamed.add(threadId);
				}
			}

			for (const threadId of renamed) {
				const id = sessionOfThread.get(threadId) as number | undefined;
				if (id !== undefined) {
					sessions.refresh(id);
				}
			}

			renamed.clear();
		},

		async findCopies(keys) {
			begin();
			rows.flush();
			return copies.find(keys);
		},

		async commit() {
			commitArchive();
			if (db.inTransaction) {
				rows.flush();
				db.exec('commit');
			}
		},

		async rollBack() {
			archivedSince.clear();
			if (archiveDb.inTransaction) {
				archiveDb.exec('rollback');
				archive.forget();
			}

			rows.drop();
			if (db.inTransaction) {
				db.exec('rollback');
			}
		},

		async archiveEnd(file) {
			beginArchive();
			return archive.end(file);
		},

		async beginGeneration(file) {
			begin();
			const generation = Math.max(file.generation, archive.lastGeneration(file.key)) + 1;
			setGeneration.run(generation, file.id);
			return {...file, generation, archivedTo: 0};
		},

		async archive(file, rolloutId, block) {
			beginArchive();
			const end = archive.append(rolloutId, block);
			archivedSince.set(file.id, {generation: file.generation, end});
		},

		async *archivedBlocks(file) {
			const rollout = archive.rolloutId(file.key, file.generation);
			if (rollout !== undefined) {
				yield* archive.blocks(rollout);
			}
		},

		async replaceArchived(file, block) {
			beginArchive();
			const rollout = archive.rolloutId(file.key, file.generation);
			if (rollout !== undefined) {
				archive.replace(rollout, block);
			}
		},

		async ledger(source) {
			return ledgerOfRow(ledger.get(source));
		},

		async keepLedger(source, kept) {
			begin();
			if (kept === null) {
				dropLedger.run(source);
			} else {
				saveLedger.run(source, kept.surroundings, ledgerBlob(kept));
			}
		},

		async dropLedgers() {
			begin();
			dropLedgers.run();
		},

		async close() {
			// The archive is only asked by its keys; statistics are of use to the index.
			for (const database of [db, archiveDb]) {
				if (database.inTransaction) {
					database.exec('rollback');
				}

				try {
					database.pragma('wal_checkpoint(TRUNCATE)');
					if (database === db) {
						database.pragma('optimize');
					}
				} catch {
					// Both only tidy up: on a full disk the write-ahead log stays, and is as good.
				} finally {
					database.close();
				}
			}
		},
	};
};
