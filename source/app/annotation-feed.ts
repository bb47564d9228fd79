import {
	type EventAnnotations,
	noSessionAnnotations,
	type PromptAnnotations,
	type SessionAnnotations,
} from '../model/annotation.js';
import type {Annotations, AnnotationsInside} from '../store/annotations.js';
import {latest} from './latest.js';
import type {RowId} from './list-state.js';
import {guarded, type Port} from './port.js';

export type AnnotationFeed = {
	session: (threadId: string | undefined) => SessionAnnotations;
	prompt: (id: RowId | undefined) => PromptAnnotations | undefined;
	event: (id: RowId | undefined) => EventAnnotations | undefined;
	/** Tags in use, the most frequent first. */
	tags: () => readonly string[];
	/** Reads what was added inside a session. */
	want: (sessionId: number | undefined) => void;
	/** Sessions of which rows may have changed. */
	invalidate: (sessions: ReadonlySet<number>) => void;
	/** Changes something, then reads everything again; says why where it cannot. */
	change: (work: (annotations: Annotations) => Promise<void>) => void;
	start: () => void;
	stop: () => void;
};

const nothingInside: AnnotationsInside = {prompts: new Map(), events: new Map()};

/** What people added, as far as it is on screen. `onSessions` is told when that of sessions has changed. */
export const createAnnotationFeed = (port: Port, onSessions: () => void): AnnotationFeed => {
	const {annotations} = port.store;
	let sessions: ReadonlyMap<string, SessionAnnotations> = new Map();
	let tags: readonly string[] = [];
	let inside = nothingInside;
	let wanted: number | undefined;
	let endWatch = (): void => {};

	const readSessions = async (): Promise<void> => {
		const isFirst = sessions.size === 0;
		[sessions, tags] = await Promise.all([annotations.sessions(), annotations.tags()]);
		if (!isFirst || sessions.size > 0) {
			onSessions();
			port.redraw();
		}
	};

	const loader = latest<number>(port.quietMs, async (id, isStale) =>
		guarded(port, async () => {
			const found = await annotations.inside(id);
			if (!isStale() && id === wanted) {
				const isEmpty = [inside, found].every(({prompts, events}) => prompts.size + events.size === 0);
				inside = found;
				if (!isEmpty) {
					port.redraw();
				}
			}
		}),
	);

	const readAll = async (): Promise<void> => {
		await readSessions();
		if (wanted !== undefined) {
			loader.want(wanted);
		}
	};

	return {
		session: threadId => (threadId === undefined ? undefined : sessions.get(threadId)) ?? noSessionAnnotations,
		prompt: id => (typeof id === 'number' ? inside.prompts.get(id) : undefined),
		event: id => (typeof id === 'number' ? inside.events.get(id) : undefined),
		tags: () => tags,
		want(sessionId) {
			if (sessionId === wanted) {
				return;
			}

			wanted = sessionId;
			inside = nothingInside;
			if (sessionId === undefined) {
				loader.stop();
			} else {
				loader.want(sessionId);
			}
		},
		invalidate(changed) {
			if (wanted !== undefined && changed.has(wanted)) {
				loader.want(wanted);
			}
		},
		change(work) {
			const changeAndRead = async (): Promise<void> => {
				try {
					await work(annotations);
				} catch (error) {
					const text = error instanceof Error ? error.message : String(error);
					port.dispatch({type: 'notice', notice: {text, level: 'error'}});
				}

				await guarded(port, readAll);
			};
			void changeAndRead();
		},
		start() {
			void guarded(port, readAll);
			endWatch = annotations.watch(() => void guarded(port, readAll));
		},
		stop() {
			endWatch();
			loader.stop();
		},
	};
};
