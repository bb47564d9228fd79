import type {
	Disposition,
	EventAnnotations,
	PromptAnnotations,
	SessionAnnotations,
	TagChange,
} from '../model/annotation.js';
import type {EventId, PromptId, SessionId} from '../model/session.js';

/** What was added to the prompts and events that a session lists; only those with something. */
export type AnnotationsInside = {
	prompts: ReadonlyMap<PromptId, PromptAnnotations>;
	events: ReadonlyMap<EventId, EventAnnotations>;
};

/** A query under a name. */
export type SavedView = {name: string; query: string};

/**
What people add to logs, kept apart from what is derived of them and known by what survives a new index, a format upgrade
and a moved, compressed or rewritten log: sessions by their thread, prompts by their words, events by their bytes.
Names of tags must have been through `tagName` and notes through `noteText`. While nothing was added yet, reading finds nothing
and makes no file.
*/
export type Annotations = {
	/** Of every session that has any, by thread id. One query. */
	sessions(): Promise<ReadonlyMap<string, SessionAnnotations>>;
	/** Notes on prompts and events, by the thread that they are in. One query. */
	notesInside(): Promise<ReadonlyMap<string, readonly string[]>>;
	/** Tags in use, the most frequent first. */
	tags(): Promise<string[]>;
	inside(id: SessionId): Promise<AnnotationsInside>;

	/** Adds and takes away tags of all these threads at once. A tag in use elsewhere keeps the case that it has there. */
	tag(threadIds: readonly string[], change: TagChange): Promise<void>;
	/** Null takes the note away; so below. */
	noteSession(threadId: string, note: string | null): Promise<void>;
	notePrompt(id: PromptId, note: string | null): Promise<void>;
	noteEvent(id: EventId, note: string | null): Promise<void>;
	dispose(id: PromptId, disposition: Disposition | null): Promise<void>;
	bookmark(id: EventId, isBookmarked: boolean): Promise<void>;

	/** Queries asked before, the newest last. */
	queries(): Promise<string[]>;
	/** Keeps a query as the newest one, once, and forgets the oldest beyond `mostQueries`. */
	rememberQuery(query: string): Promise<void>;
	/** In the order of the alphabet. */
	views(): Promise<SavedView[]>;
	/** Replaces a view of that name, whatever its case. */
	saveView(view: SavedView): Promise<void>;
	removeView(name: string): Promise<void>;

	/** Calls back when another program changed something, soon after; answers what ends that. */
	watch(onChange: () => void): () => void;
};

export const mostQueries = 500;
