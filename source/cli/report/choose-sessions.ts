import type {ShownSearch, ShownStore} from '../../disclose/shown.js';
import {foldedName, noSessionAnnotations} from '../../model/annotation.js';
import {repositoryOf} from '../../model/repository.js';
import type {PromptId, SessionId, SessionSummary} from '../../model/session.js';
import {sessionMatcher} from '../../query/match-session.js';
import type {Query} from '../../query/query.js';
import {type ChosenSession, isWhole, joinChoices} from '../../report/chosen.js';
import {dayOf} from '../../usage/days.js';
import {groupUsage} from '../../usage/group.js';
import type {PriceTable} from '../../usage/prices.js';
import {findChosen} from './find-chosen.js';
import type {ReportPlan} from './report-plan.js';

export type Choice = {
	/** By start, the oldest first. */
	chosen: ChosenSession[];
	/** Sessions of automation that would be there had they been asked for. */
	automation: number;
};

const pageSize = 500;

/** The sessions, prompts and events that a plan means. */
export const chooseSessions = async (
	store: ShownStore,
	plan: ReportPlan,
	prices: PriceTable,
	openSearch: () => Promise<ShownSearch>,
): Promise<Choice> => {
	const {references, filter} = plan;
	const isNamed = references.length > 0;
	const named = isNamed ? await findChosen(store, references) : await allSessions(store);
	const fits = await filterOf(store, plan, prices);
	const fitting = named.filter(choice => fits(choice.session));
	const found =
		filter.query !== undefined && needsSearch(filter.query) ? await hitsOf(filter.query, openSearch) : undefined;
	const narrowed = fitting.flatMap(choice => narrow(choice, found));
	const wanted = narrowed.filter(({session}) => isNamed || filter.hasAutomation || isByPerson(session));
	return {
		chosen: joinChoices(wanted).toSorted((one, other) => compareStart(one.session, other.session)),
		automation: narrowed.length - wanted.length,
	};
};

/** What started it, rather than a person; as the explorer hides it. */
const isByPerson = ({kind}: SessionSummary): boolean => kind === 'main' || kind === 'fork';

const compareStart = (one: SessionSummary, other: SessionSummary): number => {
	const [first, second] = [one.startedAt ?? '', other.startedAt ?? ''];
	return first < second ? -1 : first > second ? 1 : one.threadId < other.threadId ? -1 : 1;
};

const allSessions = async (store: ShownStore): Promise<ChosenSession[]> => {
	const all: ChosenSession[] = [];
	let last: SessionSummary | undefined;
	for (;;) {
		const after = last === undefined ? {} : {after: {startedAt: last.startedAt ?? '', id: last.id}};
		const page = await store.listSessions({limit: pageSize, ...after});
		all.push(...page.map(session => ({session})));
		last = page.at(-1);
		if (page.length < pageSize) {
			return all;
		}
	}
};

/** Whether a session is one of the tags, repository, days and filters asked for. */
const filterOf = async (
	store: ShownStore,
	{filter: {query, tags, repository}, request: {since, until, timeZone}}: ReportPlan,
	prices: PriceTable,
): Promise<(session: SessionSummary) => boolean> => {
	const added = await store.annotations.sessions();
	const wanted = new Set(tags.map(foldedName));
	const matcher = query === undefined ? undefined : sessionMatcher(query);
	const costs = query?.filters.some(({name}) => name === 'cost')
		? new Map(groupUsage(await store.usage({}), 'session', prices).rows.map(({key, cost}) => [key, cost]))
		: undefined;
	return session => {
		const {tags: own} = added.get(session.threadId) ?? noSessionAnnotations;
		const place = repositoryOf(session.gitRepositoryUrl, session.cwd);
		return (
			(wanted.size === 0 || own.some(tag => wanted.has(foldedName(tag)))) &&
			(repository === undefined || (place ?? '').toLowerCase().includes(repository.toLowerCase())) &&
			ranWithin(session, since, until, timeZone) &&
			(matcher === undefined ||
				matcher.matches({
					session,
					repository: place,
					tags: own,
					cost: costs?.get(session.threadId) ?? null,
					redactions: null,
				}))
		);
	};
};

const ranWithin = (
	{startedAt, endedAt}: SessionSummary,
	since: string | undefined,
	until: string | undefined,
	timeZone: string | undefined,
): boolean => {
	if (since === undefined && until === undefined) {
		return true;
	}

	const [first, last] = [startedAt ?? endedAt, endedAt ?? startedAt].map(at =>
		at === null ? undefined : dayOf(Date.parse(at), timeZone),
	);
	return (
		first !== undefined &&
		last !== undefined &&
		(until === undefined || first <= until) &&
		(since === undefined || last >= since)
	);
};

/** Words, and filters about prompts and events, are looked up in the index of words. */
const needsSearch = (query: Query): boolean => query.text !== null || sessionMatcher(query).undecided.length > 0;

type Hits = ReadonlyMap<SessionId, ReadonlySet<PromptId | 'prelude'>>;

/** More than a report can use: counting ends there too. */
const mostHits = 10_000;

const hitsOf = async (query: Query, openSearch: () => Promise<ShownSearch>): Promise<Hits> => {
	const search = await openSearch();
	try {
		const {hits} = await new Promise<Parameters<Parameters<ShownSearch['ask']>[1]>[0]>((resolve, reject) => {
			search.ask(
				{query, order: 'newest', limit: mostHits},
				answer => {
					if (answer.isDone) {
						resolve(answer);
					}
				},
				reject,
			);
		});
		const found = new Map<SessionId, Set<PromptId | 'prelude'>>();
		for (const {sessionId, promptId} of hits) {
			found.set(sessionId, (found.get(sessionId) ?? new Set()).add(promptId));
		}

		return found;
	} finally {
		await search.close();
	}
};

/** Of a whole session only the prompts with hits; what was named more closely stays as it is where the session has any. */
const narrow = (choice: ChosenSession, found: Hits | undefined): ChosenSession[] => {
	if (found === undefined) {
		return [choice];
	}

	const promptIds = found.get(choice.session.id);
	return promptIds === undefined ? [] : [isWhole(choice) ? {...choice, promptIds} : choice];
};
