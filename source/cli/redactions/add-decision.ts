import {checkDecision, type DecisionScope, decisionScopes} from '../../model/decision.js';
import {didYouMean} from '../../model/did-you-mean.js';
import {UserError} from '../../model/problem.js';
import {engineVersion} from '../../redact/rules-fingerprint.js';
import {exactCountLabel} from '../../text/labels.js';
import {findSession} from '../find-session.js';
import {listed, type Meant, placesOf, type ValuePlace, wholeText} from './decision-place.js';
import {ownRedactor} from './own-redactor.js';
import type {RedactionsRequest, RedactionsSurroundings} from './redactions-command.js';
import {withStore} from './scan-command.js';

/** What is asked for with flags, checked before logs are read. */
const wishOf = ({words, flags}: RedactionsRequest) => {
	const [reference = '', text, ...rest] = words;
	if (rest.length > 0) {
		throw new UserError('The text has more than one word. Put it in quotes.');
	}

	const meant: Meant = {line: flags['line'] as number | undefined, field: flags['field'] as string | undefined};
	const isNarrow = meant.line !== undefined || meant.field !== undefined;
	if (text === undefined && !isNarrow) {
		throw new UserError('What is it about? Give the text, - to read it from standard input, or --line and --field.');
	}

	const scope = scopeOf(flags['scope'] ?? (isNarrow ? 'place' : 'session'));
	const reason = flags['reason'];
	if (typeof reason !== 'string') {
		throw new UserError('A decision needs a reason. Add --reason "…".');
	}

	const action = flags['allow'] === true ? ('allow' as const) : ('redact' as const);
	const replacement = (flags['replacement'] as string | undefined) ?? null;
	if (action === 'allow' && replacement !== null) {
		throw new UserError('What is allowed is shown as it is. Leave out --replacement or --allow.');
	}

	return {reference, text, meant, scope, reason, action, replacement};
};

const scopeOf = (word: unknown): DecisionScope => {
	const scope = decisionScopes.find(name => name === word);
	if (scope === undefined) {
		const hint = didYouMean(String(word), decisionScopes, name => name) || ` Write ${decisionScopes.join(', ')}.`;
		throw new UserError(`There is no scope "${String(word)}".${hint}`);
	}

	return scope;
};

/** `redactions add`: a value that no rule finds, or one that a rule should leave. */
export const addDecision = async (
	request: RedactionsRequest,
	surroundings: RedactionsSurroundings,
): Promise<number> => {
	const wish = wishOf(request);
	const {reference, text, meant, scope, reason, action, replacement} = wish;
	const {stdout, stderr, stdin} = surroundings;
	const given = text === '-' ? await readText(stdin) : text;
	if (given !== undefined) {
		checkDecision({scope, value: given, replacement, reason});
	}

	const redactor = await ownRedactor(request, false, stderr);
	return withStore(request, surroundings, [reference], async store => {
		const session = await findSession(store, reference);
		const {threadId} = session;
		const whole = given === undefined ? await wholeText(store, session, meant) : undefined;
		const value = given ?? whole?.text ?? '';
		const {count, places} =
			whole !== undefined && scope === 'place'
				? {count: 1, places: [whole]}
				: await placesOf(store, session, scope === 'place' ? meant : {line: undefined, field: undefined}, value);
		const place = placeOf(scope, count, whole === undefined ? places : [whole, ...places]);
		const rule =
			action === 'allow' && place !== undefined
				? redactor
						.scan(place.text, {place: {thread: threadId, field: place.field, isPrompt: place.field === 'prompt.text'}})
						.find(({start, end}) => start < place.start + value.length && end > place.start)
				: undefined;
		const id = await store.redactions.add({
			action,
			scope,
			value,
			threadId,
			reason,
			replacement,
			...(place && {at: place, field: place.field, prompt: place.prompt, line: place.line}),
			...(rule && {ruleId: rule.ruleId, ruleVersion: String(engineVersion)}),
		});
		const verb = action === 'allow' ? 'allowed' : 'redacted';
		await stdout.writeLine(`Decision ${id}: ${verb} ${whereOf(scope, count)}.`);
		if (text !== undefined && text !== '-') {
			await stderr.writeLine(
				'The text is in the history of your shell now. Give - instead, and it is read from standard input.',
			);
		}

		return 0;
	});
};

const placeOf = (scope: DecisionScope, count: number, places: readonly ValuePlace[]): ValuePlace | undefined => {
	if (count === 0 && scope !== 'everywhere') {
		throw new UserError('The text does not stand there. Nothing was decided; mind capitals and blanks.', 1);
	}

	if (scope === 'place' && places.length !== 1) {
		throw new UserError(
			places.length === 0
				? 'The text stands there only with escapes. Use --scope session.'
				: `The text stands at ${exactCountLabel(places.length)} places. Name one of them (${listed(places)}), or use --scope session.`,
		);
	}

	return places[0];
};

const whereOf = (scope: DecisionScope, count: number): string => {
	const places = `${exactCountLabel(count)} ${count === 1 ? 'place' : 'places'}`;
	switch (scope) {
		case 'place':
			return 'at this place';
		case 'session':
			return `in this session, where it stands at ${places}`;
		case 'everywhere':
			return `everywhere; in this session it stands at ${places}`;
	}
};

/** All of standard input, without the line end that a person cannot leave out. */
const readText = async (stdin: RedactionsSurroundings['stdin']): Promise<string> => {
	const chunks: Uint8Array[] = [];
	for await (const chunk of stdin?.() ?? []) {
		chunks.push(chunk);
	}

	return Buffer.concat(chunks)
		.toString('utf8')
		.replace(/\r?\n$/, '');
};
