import type {Disposition} from '../../model/annotation.js';
import type {Connection} from './database.js';
import type {EventKey, PromptKey} from './lasting-keys.js';

/** When and by whom. */
type Provenance = {now: number; actor: string};

export type PromptRow = PromptKey & {note: string | null; disposition: Disposition | null};
export type EventRow = EventKey & {note: string | null; isBookmarked: number};
export type SessionRow = {threadId: string; tag: string | null; note: string | null};

const promptKey = ['thread_id', 'text_hash', 'ordinal'];
const eventKey = ['thread_id', 'record_hash', 'length', 'part', 'ordinal'];
const parameter = (column: string): string =>
	`@${column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}`;

/** Writes a row, or what is new of it; one that says what it said keeps its time. */
const upsert = (table: string, key: readonly string[], values: readonly string[]): string => {
	const columns = [...key, ...values];
	const changed = values.filter(value => value !== 'line');
	return `
		insert into ${table} (${columns.join(', ')}, created_at, updated_at, actor)
		values (${columns.map(parameter).join(', ')}, @now, @now, @actor)
		on conflict (${key.join(', ')}) do update
		set ${[...changed, 'updated_at', 'actor'].map(column => `${column} = excluded.${column}`).join(', ')}
		where ${changed.map(column => `${column} <> excluded.${column}`).join(' or ') || 'false'}
	`;
};

const remove = (table: string, key: readonly string[]): string =>
	`delete from ${table} where ${key.map(column => `${column} = ${parameter(column)}`).join(' and ')}`;

/** The statements on a database of annotations, each by what it does. */
export const annotationQueries = (db: Connection) => {
	const writer = (table: string, key: readonly string[], values: readonly string[]) => {
		const [put, drop] = [db.prepare(upsert(table, key, values)), db.prepare(remove(table, key))];
		return {
			put: (row: object, provenance: Provenance): void => void put.run({...row, ...provenance}),
			drop: (row: object): void => void drop.run(row),
		};
	};

	const sessions = db.prepare(`
		select thread_id as threadId, name as tag, null as note, folded from tags
		union all
		select thread_id, null, text, '' from session_notes
		order by folded
	`);
	const notesInside = db.prepare(`
		select thread_id as threadId, text from prompt_notes union all select thread_id, text from event_notes
	`);
	const tags = db.prepare('select min(name) from tags group by folded order by count(*) desc, folded').pluck();
	const knownName = db.prepare('select name from tags where folded = ? order by created_at limit 1').pluck();
	const prompts = db.prepare(`
		select thread_id as threadId, text_hash as textHash, ordinal, prompt_notes.text as note, disposition
		from prompt_notes full join dispositions using (thread_id, text_hash, ordinal)
		where thread_id = ?
	`);
	const events = db.prepare(`
		select thread_id as threadId, record_hash as recordHash, length, part, ordinal,
			coalesce(bookmarks.line, event_notes.line) as line, event_notes.text as note,
			bookmarks.line is not null as isBookmarked
		from event_notes full join bookmarks using (thread_id, record_hash, length, part, ordinal)
		where thread_id = ?
	`);
	const queries = db.prepare('select text from queries order by place').pluck();
	const useQuery = db.prepare(`
		insert into queries (text, place, created_at, updated_at, actor)
		values (@text, (select coalesce(max(place), 0) + 1 from queries), @now, @now, @actor)
		on conflict (text) do update set place = excluded.place, updated_at = excluded.updated_at, actor = excluded.actor
	`);
	const forgetQueries = db.prepare(
		'delete from queries where place <= (select place from queries order by place desc limit 1 offset ?)',
	);
	const views = db.prepare('select name, query from views order by folded');

	return {
		sessions: (): SessionRow[] => sessions.all() as SessionRow[],
		notesInside: () => notesInside.all() as {threadId: string; text: string}[],
		tagNames: (): string[] => tags.all() as string[],
		knownName: (folded: string): string | undefined => knownName.get(folded) as string | undefined,
		prompts: (threadId: string): PromptRow[] => prompts.all(threadId) as PromptRow[],
		events: (threadId: string): EventRow[] => events.all(threadId) as EventRow[],
		queries: (): string[] => queries.all() as string[],
		useQuery: (text: string, provenance: Provenance): void => void useQuery.run({text, ...provenance}),
		forgetQueries: (most: number): void => void forgetQueries.run(most),
		views: () => views.all() as {name: string; query: string}[],

		tags: writer('tags', ['thread_id', 'folded'], ['name']),
		sessionNotes: writer('session_notes', ['thread_id'], ['text']),
		promptNotes: writer('prompt_notes', promptKey, ['text']),
		dispositions: writer('dispositions', promptKey, ['disposition']),
		eventNotes: writer('event_notes', eventKey, ['line', 'text']),
		bookmarks: writer('bookmarks', eventKey, ['line']),
		viewRows: writer('views', ['folded'], ['name', 'query']),
	};
};

export type AnnotationQueries = ReturnType<typeof annotationQueries>;
