import {didYouMean} from '../../model/did-you-mean.js';
import {UserError} from '../../model/problem.js';
import {parseQuery} from '../../query/parse-query.js';
import type {Query} from '../../query/query.js';
import {type ReportFormat, reportFormat} from '../../report/formats.js';
import {defaultMode, type ReportMode, type ReportRequest, reportModes, usualCap} from '../../report/request.js';
import {dayNamed} from '../../usage/day-words.js';
import {dayOf} from '../../usage/days.js';

/** What a report is asked for, by flags or a form, checked. */
export type ReportPlan = {
	format: ReportFormat;
	/** Undefined for standard output. */
	output: string | undefined;
	replaces: boolean;
	/** Only the beginning, to standard output, and noted nowhere. */
	isPreview: boolean;
	/** Sessions, prompts and events by their references; all sessions when empty. */
	references: readonly string[];
	filter: {
		query: Query | undefined;
		tags: readonly string[];
		repository: string | undefined;
		hasAutomation: boolean;
	};
	request: Omit<ReportRequest, 'writtenAt' | 'version' | 'asked'>;
	/** What was asked for, in the person's own words; not redacted yet. */
	asked: readonly string[];
};

type Flags = Readonly<Record<string, unknown>>;

/** Reads the flags of `report`; wrong values are sentences. */
export const reportPlan = (words: readonly string[], flags: Flags, now: Date): ReportPlan => {
	const text = (name: string): string | undefined => (typeof flags[name] === 'string' ? flags[name] : undefined);
	const list = (name: string): string[] => (Array.isArray(flags[name]) ? (flags[name] as string[]) : []);
	const isReproducible = flags['reproducible'] === true;
	const timeZone = isReproducible ? 'UTC' : undefined;
	const today = dayOf(now.getTime(), timeZone);
	const day = (name: string): string | undefined => {
		const given = text(name);
		return given === undefined ? undefined : dayNamed(given, today, `--${name}`);
	};
	const [since, until] = [day('since'), day('until')];
	if (since !== undefined && until !== undefined && since > until) {
		throw new UserError(`No day lies from ${since} (--since) to ${until} (--until). Turn them round.`);
	}

	const [query, repository, tags] = [text('query'), text('repo'), list('tag')];
	const output = text('output');
	const format = reportFormat(text('format'), output);
	const isPreview = flags['preview'] === true;
	if (isPreview && output !== undefined) {
		throw new UserError('A preview goes to standard output. Leave out --preview or -o.');
	}

	if (format.type === 'folder' && !isPreview && (output === undefined || output === '-')) {
		throw new UserError(`A report as ${format.title} is several files. Name a folder for them with -o FOLDER.`);
	}

	const mode = modeNamed(text('mode') ?? defaultMode);
	const references = [...words, ...list('session')];
	return {
		format,
		output: output === '-' ? undefined : output,
		replaces: flags['force'] === true,
		isPreview,
		references,
		filter: {
			query: query === undefined ? undefined : queryOf(query, now, timeZone),
			tags,
			repository,
			hasAutomation: flags['automation'] === true,
		},
		request: {
			mode,
			cap: capOf(text('cap'), mode),
			since,
			until,
			hasInherited: flags['inherited'] === true,
			isReproducible,
			timeZone,
		},
		asked: [
			...(query === undefined ? [] : [`query ${query}`]),
			...(repository === undefined ? [] : [`repository ${repository}`]),
			...tags.map(tag => `tag ${tag}`),
		],
	};
};

const modeNamed = (name: string): ReportMode => {
	const ids = reportModes.map(({id}) => id);
	const found = ids.find(id => id === name.toLowerCase());
	if (found === undefined) {
		const hint = didYouMean(name, ids) || ` Choose one of ${ids.join(', ')}.`;
		throw new UserError(`The flag --mode does not know "${name}".${hint}`);
	}

	return found;
};

/** A full report tells all unless something else is asked for. */
const capOf = (given: string | undefined, mode: ReportMode): number | null => {
	if (given === undefined) {
		return mode === 'full' ? null : usualCap;
	}

	if (given.toLowerCase() === 'none') {
		return null;
	}

	if (!/^[1-9]\d{0,8}$/.test(given)) {
		throw new UserError(`The flag --cap needs a whole number of characters, or none for no limit, not "${given}".`);
	}

	return Number(given);
};

/** What is not understood ends the command: a report must not tell more than it was meant to. */
const queryOf = (typed: string, now: Date, timeZone: string | undefined): Query => {
	const query = parseQuery(typed, {now, timeZone, isFinal: true});
	const [mistake] = query.mistakes;
	if (mistake !== undefined) {
		throw new UserError(`The query is not understood. ${mistake.message}`);
	}

	return query;
};
