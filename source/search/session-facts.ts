import type {SessionAnnotations} from '../model/annotation.js';
import type {SessionId, SessionSummary} from '../model/session.js';
import type {SessionFacts} from '../query/match-session.js';
import type {FilterName} from '../query/query.js';
import type {Store} from '../store/store.js';
import {groupUsage} from '../usage/group.js';
import type {PriceTable} from '../usage/prices.js';

/** What is known of sessions besides their summaries. */
export type Facts = {
	/** What is left out is not known. */
	of: (session: SessionSummary) => Partial<Omit<SessionFacts, 'session'>>;
	/** What people wrote beside a session and what is in it: tags and notes. */
	texts: (session: SessionSummary) => readonly string[];
	/** Another number, other texts. */
	version: number;
};

/** Looks up, for one question, what its filters may ask of sessions. */
export type LearnFacts = (filters: ReadonlySet<FilterName>) => Promise<Facts>;

/** Knows nothing besides the summaries. */
export const learnNothing: LearnFacts = async () => ({of: () => ({}), texts: () => [], version: 0});

/** What people add is looked for again after so long, in ms: letters that are typed share one look. */
const freshMs = 1000;

/** How many values are hidden in each session; null where it is not known. */
export type CountRedactions = () => Promise<ReadonlyMap<SessionId, number | null>>;

/** Tags and notes as people left them; costs and redactions, which take a look at all sessions, only where they are asked for. */
export const learnFrom = (
	store: Pick<Store, 'annotations' | 'usage'>,
	prices: () => PriceTable,
	countRedactions: CountRedactions,
): LearnFacts => {
	let annotated: ReadonlyMap<string, SessionAnnotations> = new Map();
	let notes: ReadonlyMap<string, readonly string[]> = new Map();
	let written = '';
	let version = 0;
	let lookedAt = Number.NEGATIVE_INFINITY;

	const look = async (): Promise<void> => {
		const [sessions, inside] = await Promise.all([store.annotations.sessions(), store.annotations.notesInside()]);
		const text = JSON.stringify([[...sessions], [...inside]]);
		lookedAt = performance.now();
		if (text !== written) {
			annotated = sessions;
			notes = inside;
			written = text;
			version++;
		}
	};

	const costs = async (): Promise<Map<string | null, number | null>> => {
		const {rows} = groupUsage(await store.usage({}), 'session', prices());
		return new Map(rows.map(({key, cost}) => [key, cost]));
	};

	return async filters => {
		if (performance.now() - lookedAt > freshMs) {
			await look();
		}

		const [known, inside] = [annotated, notes];
		const priced = filters.has('cost') ? await costs() : undefined;
		const counts = filters.has('redacted') ? await countRedactions() : undefined;
		return {
			of: ({id, threadId}) => ({
				tags: known.get(threadId)?.tags ?? [],
				cost: priced?.get(threadId) ?? null,
				redactions: counts?.get(id) ?? null,
			}),
			texts({threadId}) {
				const {tags = [], note = null} = known.get(threadId) ?? {};
				return [...tags, ...(note === null ? [] : [note]), ...(inside.get(threadId) ?? [])];
			},
			version,
		};
	};
};
