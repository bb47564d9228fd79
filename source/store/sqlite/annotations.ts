import {
	type EventAnnotations,
	foldedName,
	noSessionAnnotations,
	type PromptAnnotations,
	type SessionAnnotations,
	type TagChange,
} from '../../model/annotation.js';
import type {EventId, PromptId} from '../../model/session.js';
import {type Annotations, mostQueries} from '../annotations.js';
import type {AnnotationQueries, SessionRow} from './annotation-queries.js';
import type {AnnotationsConnection} from './annotations-connection.js';
import type {LastingKeys, LineageThread} from './lasting-keys.js';

const sessionsOf = (rows: readonly SessionRow[]): Map<string, SessionAnnotations> => {
	const sessions = new Map<string, SessionAnnotations>();
	for (const {threadId, tag, note} of rows) {
		const known = sessions.get(threadId) ?? noSessionAnnotations;
		sessions.set(threadId, {
			tags: tag === null ? known.tags : [...known.tags, tag],
			note: note ?? known.note,
		});
	}

	return sessions;
};

/** Annotations in SQLite. `keys` says what prompts and events are known by; it knows the index. */
export const sqliteAnnotations = (
	connection: AnnotationsConnection,
	keys: () => LastingKeys,
	actor: string,
	now: () => number = Date.now,
): Annotations => {
	const {read} = connection;

	const write = (change: (queries: AnnotationQueries, provenance: {now: number; actor: string}) => void): void =>
		connection.write(queries => change(queries, {now: now(), actor}));

	const promptsInside = (lineage: readonly LineageThread[]): Map<PromptId, PromptAnnotations> => {
		const found = new Map<PromptId, PromptAnnotations>();
		for (const thread of lineage) {
			const rows = read(queries => queries.prompts(thread.threadId), []);
			// Hashing a thread's prompts is left for threads that have something.
			for (const [id, key] of rows.length === 0 ? [] : keys().promptKeys(thread)) {
				const row = rows.find(({textHash, ordinal}) => textHash === key.textHash && ordinal === key.ordinal);
				if (row !== undefined) {
					found.set(id, {note: row.note, disposition: row.disposition});
				}
			}
		}

		return found;
	};

	const eventsInside = async (lineage: readonly LineageThread[]): Promise<Map<EventId, EventAnnotations>> => {
		const found = new Map<EventId, EventAnnotations>();
		for (const thread of lineage) {
			const rows = read(queries => queries.events(thread.threadId), []);
			const events = rows.length === 0 ? [] : await keys().findEvents(thread, rows);
			for (const [id, {note, isBookmarked}] of events) {
				found.set(id, {note, isBookmarked: isBookmarked === 1});
			}
		}

		return found;
	};

	const changeTags = (threadIds: readonly string[], {add, remove}: TagChange): void =>
		write((queries, provenance) => {
			for (const threadId of threadIds) {
				for (const name of remove) {
					queries.tags.drop({threadId, folded: foldedName(name)});
				}

				for (const tag of add) {
					const folded = foldedName(tag);
					const name = queries.knownName(folded) ?? tag;
					queries.tags.put({threadId, folded, name}, provenance);
				}
			}
		});

	return {
		sessions: async () => sessionsOf(read(queries => queries.sessions(), [])),
		async notesInside() {
			const rows = read(queries => queries.notesInside(), []);
			const threads = Map.groupBy(rows, ({threadId}) => threadId);
			return new Map([...threads].map(([threadId, notes]) => [threadId, notes.map(({text}) => text)]));
		},
		tags: async () => read(queries => queries.tagNames(), []),

		async inside(id) {
			const isThere = read(() => true, false);
			const lineage = isThere ? keys().lineage(id) : [];
			return {prompts: promptsInside(lineage), events: await eventsInside(lineage)};
		},

		tag: async (threadIds, change) => changeTags(threadIds, change),

		async noteSession(threadId, text) {
			write(({sessionNotes}, provenance) =>
				text === null ? sessionNotes.drop({threadId}) : sessionNotes.put({threadId, text}, provenance),
			);
		},

		async notePrompt(id, text) {
			const key = keys().promptKey(id);
			write(({promptNotes}, provenance) =>
				text === null ? promptNotes.drop(key) : promptNotes.put({...key, text}, provenance),
			);
		},

		async noteEvent(id, text) {
			const key = await keys().eventKey(id);
			write(({eventNotes}, provenance) =>
				text === null ? eventNotes.drop(key) : eventNotes.put({...key, text}, provenance),
			);
		},

		async dispose(id, disposition) {
			const key = keys().promptKey(id);
			write(({dispositions}, provenance) =>
				disposition === null ? dispositions.drop(key) : dispositions.put({...key, disposition}, provenance),
			);
		},

		async bookmark(id, isBookmarked) {
			const key = await keys().eventKey(id);
			write(({bookmarks}, provenance) => (isBookmarked ? bookmarks.put(key, provenance) : bookmarks.drop(key)));
		},

		queries: async () => read(queries => queries.queries(), []),

		async rememberQuery(text) {
			write((queries, provenance) => {
				queries.useQuery(text, provenance);
				queries.forgetQueries(mostQueries);
			});
		},

		views: async () => read(queries => queries.views(), []),

		async saveView({name, query}) {
			write(({viewRows}, provenance) => viewRows.put({folded: foldedName(name), name, query}, provenance));
		},

		async removeView(name) {
			write(({viewRows}) => viewRows.drop({folded: foldedName(name)}));
		},

		watch: onChange => connection.watch(onChange),
	};
};
