import {
	type EventAnnotations,
	foldedName,
	noSessionAnnotations,
	type PromptAnnotations,
	type SessionAnnotations,
} from '../../source/model/annotation.js';
import {type Annotations, mostQueries, type SavedView} from '../../source/store/annotations.js';

/** Annotations without a database; `change` tells those who watch that another program did something. */
export type MemoryAnnotations = Annotations & {change: () => void};

export const memoryAnnotations = (): MemoryAnnotations => {
	const sessions = new Map<string, SessionAnnotations>();
	const prompts = new Map<number, PromptAnnotations>();
	const events = new Map<number, EventAnnotations>();
	const views = new Map<string, SavedView>();
	const listeners = new Set<() => void>();
	let queries: string[] = [];
	const session = (threadId: string): SessionAnnotations => sessions.get(threadId) ?? noSessionAnnotations;
	const prompt = (id: number): PromptAnnotations => prompts.get(id) ?? {note: null, disposition: null};
	const event = (id: number): EventAnnotations => events.get(id) ?? {note: null, isBookmarked: false};
	return {
		sessions: async () => new Map(sessions),
		notesInside: async () => new Map(),
		async tags() {
			const all = [...sessions.values()].flatMap(({tags}) => tags);
			const groups = [...Map.groupBy(all, name => name)].toSorted((a, b) => b[1].length - a[1].length);
			return groups.map(([name]) => name);
		},
		inside: async () => ({prompts: new Map(prompts), events: new Map(events)}),
		async tag(threadIds, {add, remove}) {
			const removed = new Set([...remove, ...add].map(foldedName));
			for (const threadId of threadIds) {
				const kept = session(threadId).tags.filter(tag => !removed.has(foldedName(tag)));
				sessions.set(threadId, {...session(threadId), tags: [...kept, ...add].toSorted()});
			}
		},
		async noteSession(threadId, note) {
			sessions.set(threadId, {...session(threadId), note});
		},
		async notePrompt(id, note) {
			prompts.set(id, {...prompt(id), note});
		},
		async noteEvent(id, note) {
			events.set(id, {...event(id), note});
		},
		async dispose(id, disposition) {
			prompts.set(id, {...prompt(id), disposition});
		},
		async bookmark(id, isBookmarked) {
			events.set(id, {...event(id), isBookmarked});
		},
		queries: async () => queries,
		async rememberQuery(query) {
			queries = [...queries.filter(other => other !== query), query].slice(-mostQueries);
		},
		views: async () => [...views.values()],
		async saveView(view) {
			views.set(foldedName(view.name), view);
		},
		async removeView(name) {
			views.delete(foldedName(name));
		},
		watch(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		change() {
			for (const listener of listeners) {
				listener();
			}
		},
	};
};
