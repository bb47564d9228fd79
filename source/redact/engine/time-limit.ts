import vm from 'node:vm';
import {UserError} from '../../model/problem.js';

/** Milliseconds that one pattern may take on one stretch of text, and on all the inputs that it is tried on when loaded. */
const limit = 500;

let context: vm.Context | undefined;
const script = new vm.Script(
	'found = []; for (const text of texts) { for (const match of text.matchAll(pattern)) found.push(match); } found',
);

/** All matches of a pattern that someone else wrote, or `undefined` when it ran out of time: V8 ends it from outside. */
export const matchesInTime = (
	pattern: RegExp,
	texts: readonly string[],
	milliseconds = limit,
): RegExpExecArray[] | undefined => {
	context ??= vm.createContext({pattern: undefined, texts: undefined, found: undefined});
	context['pattern'] = pattern;
	context['texts'] = texts;
	try {
		return Array.from(script.runInContext(context, {timeout: milliseconds}) as Iterable<RegExpExecArray>);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
			return undefined;
		}

		throw error;
	} finally {
		context['texts'] = undefined;
		context['found'] = undefined;
	}
};

/** As `matchesInTime`, for a rule at work: what takes too long stops everything, and is never passed over. */
export const matchesOrRefuse = (ruleId: string, pattern: RegExp, text: string): RegExpExecArray[] => {
	const found = matchesInTime(pattern, [text], 1000);
	if (found === undefined) {
		throw new UserError(
			`The pattern of redaction rule "${ruleId}" takes too long on this text. Make it narrower or switch the rule off.`,
			1,
		);
	}

	return found;
};

/** Whether a pattern stays within its time on inputs that make careless ones run for minutes, some made of the pattern's own characters. */
export const isQuick = (pattern: RegExp): boolean =>
	matchesInTime(pattern, hostileInputs(pattern.source)) !== undefined;

/** Enough for what grows with the cube of the length to show; rules work on stretches of a few thousand characters. */
const length = 1000;

const hostileInputs = (source: string): string[] => {
	const literal = source.replaceAll(/\\[dwsbDWSB]|[\\^$.*+?()[\]{}|]/g, '');
	const own = [...new Set(literal)].slice(0, 12);
	const seeds = [
		'a',
		'A',
		'0',
		' ',
		'\n',
		'=',
		'-',
		'.',
		'_',
		'/',
		'"',
		'a ',
		'a.',
		'a-',
		'a=',
		'aA0',
		'ab',
		'x@',
		'://',
		'key=',
		literal.slice(0, 200),
		...own,
		...own.map((character, index) => character + (own[index + 1] ?? 'a')),
	];
	return seeds
		.filter(seed => seed !== '')
		.flatMap(seed => {
			const text = seed.repeat(Math.ceil(length / seed.length)).slice(0, length);
			return [`${text}\u0001`, `${literal.slice(0, 40)}${text}\u0001`];
		});
};
