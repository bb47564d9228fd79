import type {Connection} from './database.js';

type Turn = {id: number; digest: string; state: string; toolCallCount: number};
type Child = {startedAt: number; parentId: number | null; forkedFrom: string | null};
type Origin = {sessionId: number; threadId: string};

/**
Finds sessions that begin with a copy of another session's turns. Forks of some releases carry no mark of
where the copy ends, or that they are one (format reference 13.3, 13.5): only the other thread tells.
*/
export const copyFinder = (db: Connection) => {
	const written = db.prepare('select distinct session_id from files where is_compared = 0').pluck();
	const compared = db.prepare('update files set is_compared = 1 where is_compared = 0');
	const writtenBy = db.prepare('select distinct session_id from files where key = ? and is_compared = 0').pluck();
	const comparedOf = db.prepare('update files set is_compared = 1 where key = ? and is_compared = 0');
	// As for the files of a session: a bare parameter would have the sorted queries prepared again each time.
	const turns = db.prepare(`
		select prompts.id, digest, state, tool_call_count as toolCallCount from prompts
		join files on files.id = prompts.file_id
		where prompts.session_id = +? and asker = 'person' and files.superseded_at is null order by files.place, prompts.id
	`);
	const child = db.prepare(`
		select session.started_at as startedAt, parent.id as parentId, session.forked_from_thread_id as forkedFrom
		from sessions session left join sessions parent on parent.thread_id = session.forked_from_thread_id
		where session.id = +? and session.kind in ('main', 'fork')
	`);
	const kin = db
		.prepare(`
			select distinct other.session_id from prompts own join prompts other on other.digest = own.digest
			where own.session_id = +@id and other.session_id <> +@id
		`)
		.pluck();
	const isCopy = db
		.prepare(`
			select exists (select 1 from prompts where session_id = @id and state = 'inherited')
				or exists (select 1 from sessions where id = @id and forked_from_thread_id is not null)
		`)
		.pluck();
	const origins = db.prepare(`
		select sessions.id as sessionId, thread_id as threadId from prompts join sessions on sessions.id = prompts.session_id
		where digest = +? and sessions.id <> +? and sessions.started_at < +? order by sessions.started_at
	`);
	const children = db
		.prepare('select id from sessions where forked_from_thread_id = (select thread_id from sessions where id = ?)')
		.pluck();
	const fileKey = db.prepare(
		'select key, copied_prompts as known from files where id = (select file_id from prompts where id = ?)',
	);
	const remember = db.prepare('update files set copied_prompts = ?, copied_thread_id = ? where key = ?');

	/** The parent's session for a fork that names it and whose parent is known; else any older session. */
	const originOf = (turn: Turn, sessionId: number, {startedAt, parentId}: Child): Origin | undefined => {
		const found = origins.all(turn.digest, sessionId, startedAt) as Origin[];
		return parentId === null ? found[0] : (found.find(origin => origin.sessionId === parentId) ?? found[0]);
	};

	/** Key of the session's file when it has to be read again with what was found. */
	const examine = (sessionId: number): string | undefined => {
		const about = child.get(sessionId) as Child | undefined;
		const own = turns.all(sessionId) as Turn[];
		const [first] = own;
		if (about === undefined || first === undefined) {
			return undefined;
		}

		const copies: Origin[] = [];
		for (const turn of own) {
			const origin = originOf(turn, sessionId, about);
			if (origin === undefined) {
				break;
			}

			copies.push(origin);
		}

		const suggested = own.filter(turn => turn.state === 'inherited').length;
		const isMarked = about.forkedFrom !== null;
		// The same words twice are no copy; the same call is one.
		const isProven = isMarked || own.slice(0, copies.length).some(turn => turn.toolCallCount > 0);
		const from = copies.at(-1)?.threadId ?? about.forkedFrom;
		if (copies.length === suggested || !isProven || from === null || (isMarked && about.parentId === null)) {
			return undefined;
		}

		const {key, known} = fileKey.get(first.id) as {key: string; known: number | null};
		if (known === copies.length) {
			return undefined;
		}

		remember.run(copies.length, from, key);
		return key;
	};

	return {
		/** Keys of the files to read again. Of the sessions that were written, only those that files with certain keys tell. */
		find(among?: readonly string[]): string[] {
			const fresh = (among?.flatMap(key => writtenBy.all(key)) ?? written.all()) as number[];
			const wanted = new Set<number>();
			for (const id of fresh) {
				const others = kin.all({id}) as number[];
				if (others.length > 0 || isCopy.get({id}) === 1) {
					wanted.add(id);
				}

				for (const other of [...others, ...(children.all(id) as number[])]) {
					wanted.add(other);
				}
			}

			const keys = [...wanted].flatMap(id => examine(id) ?? []);
			if (among === undefined) {
				compared.run();
			} else {
				for (const key of among) {
					comparedOf.run(key);
				}
			}

			return keys;
		},
	};
};
