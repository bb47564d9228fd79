import type {Shown, ShownSearch} from '../disclose/shown.js';
import {didYouMean} from '../model/did-you-mean.js';
import {UserError} from '../model/problem.js';
import type {SessionId} from '../model/session.js';
import {parseQuery} from '../query/parse-query.js';
import type {Mistake} from '../query/query.js';
import {
	notLookedThrough,
	type SearchAnswer,
	type SearchHit,
	type SearchOrder,
	type SearchRequest,
	type Snippet,
} from '../store/search.js';
import {clockLabel, dateTimeLabel, exactCountLabel, summaryLine} from '../text/labels.js';
import {plainText} from '../text/sanitize.js';
import type {CommandContext} from './context.js';
import {jsonSchemaVersion} from './json-output.js';
import type {Output} from './output.js';

type SearchFlags = {order: SearchOrder; limit: number; isInsideWords: boolean; isJson: boolean};

const usualLimit = 50;

/** Sessions shown whose title, folder or branch has the words, beside those that have hits. */
const mostTitles = 10;

const orders: readonly SearchOrder[] = ['newest', 'best'];

/** Checks the flags, before logs are read; what comes back searches and prints. */
export const prepareSearch = (flags: Readonly<Record<string, unknown>>, now: Date) => {
	const given = typeof flags['order'] === 'string' ? flags['order'] : 'newest';
	const order = orders.find(name => name === given);
	if (order === undefined) {
		const hint = didYouMean(given, orders) || ` Choose one of ${orders.join(', ')}.`;
		throw new UserError(`The flag --order does not know "${given}".${hint}`);
	}

	const request: SearchFlags = {
		order,
		limit: typeof flags['limit'] === 'number' ? flags['limit'] : usualLimit,
		isInsideWords: flags['insideWords'] === true,
		isJson: flags['json'] === true,
	};
	return (context: CommandContext, search: ShownSearch, typed: string, isTerminal: boolean): Promise<void> =>
		searchCommand(context, search, typed, request, now, isTerminal);
};

/** `search`: hits under their sessions, or the JSON contract. */
const searchCommand = async (
	context: CommandContext,
	search: ShownSearch,
	typed: string,
	{order, limit, isInsideWords, isJson}: SearchFlags,
	now: Date,
	isTerminal: boolean,
): Promise<void> => {
	const query = parseQuery(typed, {now, isFinal: true});
	for (const {message} of query.mistakes) {
		await context.stderr.writeLine(plainText(message));
	}

	const answer = await answerOf(search, {query, order, limit, isInsideWords});
	const numberOf = promptNumbers(context);
	if (isJson) {
		await writeJson(context, typed, order, query.mistakes, answer, limit, numberOf);
		return;
	}

	await writeText(context, answer, limit, numberOf, isTerminal);
	await tellWithheld(context.stderr, answer.hits.slice(0, limit));
	if (answer.indexed < 1) {
		const share = Math.floor(answer.indexed * 100);
		await context.stderr.writeLine(`Only ${share} % of the logs can be searched yet: codex-tui ingest reads the rest.`);
	}
};

const tellWithheld = async (stderr: Output, hits: readonly SearchHit[]): Promise<void> => {
	const count = hits.filter(({snippet}) => snippet.text === notLookedThrough).length;
	if (count > 0) {
		const hitsOf = count === 1 ? 'The text of 1 hit is' : `The texts of ${exactCountLabel(count)} hits are`;
		await stderr.writeLine(
			`${hitsOf} not shown, as sessions of that length are looked through for secrets first: codex-tui ingest --findings does it.`,
		);
	}
};

const answerOf = (search: ShownSearch, request: SearchRequest): Promise<Shown<SearchAnswer>> =>
	new Promise((resolve, reject) => {
		search.ask(
			request,
			answer => {
				if (answer.isDone) {
					resolve(answer);
				}
			},
			reject,
		);
	});

type NumberOf = (hit: SearchHit) => Promise<number | null>;

/** Which prompt of its session a hit belongs to, counted from 1; null before the first. */
const promptNumbers = ({store}: CommandContext): NumberOf => {
	const known = new Map<SessionId, Map<number, number>>();
	return async ({sessionId, promptId}) => {
		if (promptId === 'prelude') {
			return null;
		}

		let numbers = known.get(sessionId);
		if (numbers === undefined) {
			numbers = new Map((await store.listPrompts(sessionId)).map(({id, index}) => [id, index]));
			known.set(sessionId, numbers);
		}

		return numbers.get(promptId) ?? null;
	};
};

const writeText = async (
	{store, stdout, stderr}: CommandContext,
	{hits, sessions, total, isAtLeast}: SearchAnswer,
	limit: number,
	numberOf: NumberOf,
	isTerminal: boolean,
): Promise<void> => {
	for (const [sessionId, found] of Map.groupBy(hits.slice(0, limit), hit => hit.sessionId)) {
		const session = await store.session(sessionId);
		const title = summaryLine(session?.title ?? '') || '-';
		await stdout.writeLine(
			`${session?.threadId ?? '-'}\t${dateTimeLabel(session?.startedAt ?? null) || '-'}\t${title}`,
		);
		for (const hit of found) {
			const prompt = (await numberOf(hit)) ?? '-';
			const kind = plainText(hit.label === null ? hit.kind : `${hit.kind} ${hit.label}`);
			const columns = [`#${prompt}`, `line ${hit.line}`, clockLabel(hit.at) || '-', kind];
			await stdout.writeLine(`\t${columns.join('\t')}\t${isTerminal ? bold(hit.snippet) : hit.snippet.text}`);
		}
	}

	const shown = new Set(hits.map(({sessionId}) => sessionId));
	const others = sessions.filter(({session}) => !shown.has(session.id)).slice(0, Math.min(limit, mostTitles));
	for (const {session, snippet} of others) {
		const text = isTerminal ? bold(snippet) : snippet.text;
		await stdout.writeLine(`${session.threadId}\t${dateTimeLabel(session.startedAt) || '-'}\t${text}`);
	}

	if (hits.length === 0 && others.length === 0) {
		await stderr.writeLine('Nothing was found.');
	} else if (total > limit) {
		await stderr.writeLine(
			`These are ${exactCountLabel(Math.min(limit, hits.length))} of ${isAtLeast ? 'more than ' : ''}${exactCountLabel(total)} hits; --limit N shows more.`,
		);
	}
};

/** The matches in bold. */
const bold = ({text, ranges}: Snippet): string => {
	let at = 0;
	let marked = '';
	for (const [start, end] of ranges) {
		marked += `${text.slice(at, start)}\u001B[1m${text.slice(start, end)}\u001B[22m`;
		at = end;
	}

	return marked + text.slice(at);
};

const writeJson = async (
	{store, stdout}: CommandContext,
	typed: string,
	order: SearchOrder,
	mistakes: readonly Mistake[],
	answer: SearchAnswer,
	limit: number,
	numberOf: NumberOf,
): Promise<void> => {
	const {total, isAtLeast, indexed} = answer;
	const head = {schema: jsonSchemaVersion, query: typed, order, mistakes, total, isAtLeast, indexed};
	await stdout.write(`${JSON.stringify(head).slice(0, -1)},"sessions":[`);
	await writeList(
		stdout,
		answer.sessions
			.slice(0, limit)
			.map(({session, snippet}) => ({id: session.threadId, title: session.title, snippet})),
	);
	await stdout.write('],\n"hits":[');
	const hits: object[] = [];
	for (const hit of answer.hits.slice(0, limit)) {
		const {kind, label, tool, at, line, part, snippet} = hit;
		const session = await store.session(hit.sessionId);
		hits.push({
			sessionId: session?.threadId ?? null,
			prompt: await numberOf(hit),
			line,
			kind,
			label,
			tool,
			at,
			part,
			snippet,
		});
	}

	await writeList(stdout, hits);
	await stdout.writeLine(']}');
};

const writeList = async (stdout: Output, items: readonly object[]): Promise<void> => {
	for (const [index, item] of items.entries()) {
		await stdout.write(`${index === 0 ? '' : ','}\n${JSON.stringify(item)}`);
	}
};
