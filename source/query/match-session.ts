import type {SessionSummary} from '../model/session.js';
import type {Amount, Filter, Query, TimeRange} from './query.js';

/** What filters are held against; null where it is not known. */
export type SessionFacts = {
	session: SessionSummary;
	/** The one name of its repository or folder, such as `github.com/kim/shop`. */
	repository: string | null;
	tags: readonly string[];
	/** In dollars. */
	cost: number | null;
	redactions: number | null;
};

export type SessionMatcher = {
	/** Whether all filters that can be decided let the session through. */
	matches: (facts: SessionFacts) => boolean;
	/** Filters about prompts and events, which are not held against anything here. The query's words are not either. */
	undecided: readonly Filter[];
};

/** Holds the filters of a query against sessions. What is not known fulfils no filter, and so every exclusion. */
export const sessionMatcher = (query: Query): SessionMatcher => {
	const tests: ((facts: SessionFacts) => boolean)[] = [];
	const undecided: Filter[] = [];
	for (const filter of query.filters) {
		const test = testOf(filter);
		if (test === null) {
			undecided.push(filter);
		} else {
			tests.push(facts => test(facts) !== filter.isExcluded);
		}
	}

	return {matches: facts => tests.every(test => test(facts)), undecided};
};

/** Whether a number is one that the filter names; null is none. */
export const hasAmount = (amounts: readonly Amount[], number: number | null): boolean =>
	number !== null && amounts.some(({comparison, amount}) => comparisons[comparison](number, amount));

const comparisons: Record<Amount['comparison'], (number: number, amount: number) => boolean> = {
	'=': (number, amount) => number === amount,
	'<': (number, amount) => number < amount,
	'<=': (number, amount) => number <= amount,
	'>': (number, amount) => number > amount,
	'>=': (number, amount) => number >= amount,
};

/** Null for filters that a session alone does not decide. */
const testOf = (filter: Filter): ((facts: SessionFacts) => boolean) | null => {
	const {name, times = [], amounts = []} = filter;
	const values = filter.values.map(value => value.toLowerCase());
	const hasPart = (text: string | null): boolean => {
		const small = text?.toLowerCase();
		return small !== undefined && values.some(value => small.includes(value));
	};

	switch (name) {
		case 'repo': {
			const names = values.map(withoutProtocol).flatMap(homeForms);
			return ({session, repository}) =>
				[repository, session.cwd].some(place => {
					const small = place?.toLowerCase();
					return small !== undefined && names.some(part => small.includes(part));
				});
		}

		case 'branch':
			return ({session}) => hasPart(session.gitBranch);
		case 'model':
			return ({session}) => session.models.some(hasPart);
		case 'session':
			return ({session}) =>
				hasPart(session.title) || values.some(value => session.threadId.toLowerCase().startsWith(value));
		case 'tag':
			return ({tags}) => tags.some(tag => values.some(value => isTag(tag.toLowerCase(), value)));
		case 'before':
		case 'after':
		case 'on':
			return ({session}) => ranWithin(session, times);
		case 'state':
			return values.every(value => value === 'archived' || value === 'gone')
				? ({session}) => values.some(value => (value === 'gone' ? session.gone !== null : session.archived))
				: null;
		case 'tokens':
			return ({session}) => hasAmount(amounts, session.usage.totalTokens);
		case 'cost':
			return ({cost}) => hasAmount(amounts, cost);
		case 'redacted':
			return ({redactions}) => hasAmount(amounts, redactions);
		default:
			return null;
	}
};

/** A remote as repositories are named: `https://kim@host/kim/shop.git` and `git@host:kim/shop` are `host/kim/shop`. */
const withoutProtocol = (value: string): string =>
	value
		.replace(/^[a-z][a-z\d+.-]*:\/\/(?:[^/]*@)?/, '')
		.replace(/^[^@/:]+@([^/:]+):/, '$1/')
		.replace(/(?:\.git)?\/*$/, '') || value;

/** A path in a home folder, whose owner may be hidden in what is asked, in what is looked through, or in neither. */
const homeForms = (value: string): string[] => [
	value.replace(/^~(?=\/)/, ''),
	value.replace(/^\/(?:home|users)\/[^/]+(?=\/|$)/, '~'),
];

const isTag = (tag: string, value: string): boolean =>
	value.endsWith('*') ? tag.startsWith(value.slice(0, -1)) : tag === value;

/** Whether any of the time from the session's first line to its last lies in a range. */
const ranWithin = ({startedAt, endedAt}: SessionSummary, times: readonly TimeRange[]): boolean => {
	const first = Date.parse(startedAt ?? endedAt ?? '');
	const last = Math.max(first, Date.parse(endedAt ?? '') || first);
	return times.some(({start, end}) => first < end && last >= start);
};
