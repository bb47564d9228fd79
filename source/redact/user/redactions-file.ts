import {isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap} from 'yaml';
import {didYouMean} from '../../model/did-you-mean.js';
import {UserError} from '../../model/problem.js';
import {builtInRules} from '../rule-list.js';
import {userPattern} from './user-pattern.js';
import {choice, flag, list, type Reader, text} from './yaml-fields.js';

/** A rule that a person wrote, checked. Rules hold in the order of their file. */
export type UserRule = {
	id: string;
	type: 'regex' | 'literal' | 'word' | 'marker';
	/** Ready to use, with the flags `g` and `d`. */
	pattern: RegExp;
	scope: 'prompt' | 'field' | 'global';
	/** With scope `field`: the fields in which it holds; `payload.*` holds for what begins so. */
	fields: string[];
	/** What stands in the place of a find; a numbered placeholder when not given. */
	replacement?: string;
	enabled: boolean;
	reason?: string;
	actor?: string;
	/** What it finds and is to be left. */
	allow: Allowed[];
	line: number;
};

/** A value that is known not to be secret, and why. */
export type Allowed = {pattern: RegExp; reason: string};

export type RedactionsFile = {
	rules: UserRule[];
	allow: Allowed[];
	/** Ids of built-in rules, and classes such as `pii.email`, that are switched off; and those that are switched on. */
	off?: string[];
	on?: string[];
};

const fields = new Set([
	'id',
	'type',
	'pattern',
	'scope',
	'fields',
	'field',
	'replacement',
	'enabled',
	'reason',
	'actor',
	'ignore_case',
	'dotall',
	'allow',
]);

/**
Reads `redactions.yml` or `redactions.json`: a list of rules, or `rules:`, `allow:`, `off:` and `on:`. Throws a `UserError` with file
and line for anything that is not understood, for two rules of one id or one pattern, and for patterns that take too long.
*/
export const readRedactionsFile = (text: string, file: string): RedactionsFile => {
	const lines = new LineCounter();
	const document = parseDocument(text, {lineCounter: lines, uniqueKeys: true, prettyErrors: false});
	const lineOf = (node: unknown): number => lines.linePos((node as Node | null)?.range?.[0] ?? 0).line;
	const [mistake] = document.errors;
	if (mistake !== undefined) {
		throw new UserError(
			`Line ${lines.linePos(mistake.pos[0]).line} of ${file} is not valid YAML (${mistake.message.split('\n')[0]}). Correct it.`,
		);
	}

	const reader: Reader = {
		refuse(node, what) {
			throw new UserError(`Line ${lineOf(node)} of ${file}: ${what}`);
		},
		lineOf,
	};
	const root = document.contents;
	if (root === null || (isScalar(root) && root.value === null)) {
		return {rules: [], allow: []};
	}

	const list = isMap(root) ? root.get('rules', true) : root;
	if (isMap(root)) {
		for (const {key} of root.items) {
			if (!['rules', 'allow', 'off', 'on', 'version'].includes(String(isScalar(key) ? key.value : key))) {
				reader.refuse(key, `${String(key)} is not known here. Write rules, allow, off and on.`);
			}
		}
	}

	if (list !== undefined && list !== null && !isSeq(list)) {
		reader.refuse(list, 'rules must be a list. Begin each rule with a dash.');
	}

	const rules: UserRule[] = [];
	for (const item of isSeq(list) ? list.items : []) {
		const rule = readRule(item, reader);
		const twin = rules.find(
			({id, pattern, scope, fields: places}) =>
				id === rule.id ||
				(String(pattern) === String(rule.pattern) && scope === rule.scope && places.join() === rule.fields.join()),
		);
		if (twin !== undefined) {
			reader.refuse(
				item,
				twin.id === rule.id
					? `the id "${rule.id}" is that of line ${twin.line} as well. Rename or remove one.`
					: `rule "${rule.id}" has the pattern of "${twin.id}" (line ${twin.line}). Remove one.`,
			);
		}

		rules.push(rule);
	}

	return isMap(root)
		? {rules, allow: readAllow(root.get('allow', true), reader), ...readSwitches(root, reader)}
		: {rules, allow: []};
};

/** Built-in rules and classes, by name. */
const readSwitches = (root: YAMLMap, reader: Reader): Pick<RedactionsFile, 'off' | 'on'> => {
	const [off, on] = [list(root, 'off', reader), list(root, 'on', reader)];
	if (off.length + on.length === 0) {
		return {};
	}

	const known = new Set(builtInRules().flatMap(({id, class: kind}) => [id, kind]));
	for (const name of [...off, ...on]) {
		if (!known.has(name)) {
			reader.refuse(
				root.get(off.includes(name) ? 'off' : 'on', true),
				`there is no rule or class "${name}".${didYouMean(name, [...known]) || ' See codex-tui redactions list.'}`,
			);
		}
	}

	const [secret] = off.filter(name => name === 'secret');
	if (secret !== undefined) {
		reader.refuse(root.get('off', true), 'secrets as a whole cannot be switched off. Name single rules.');
	}

	const both = off.find(name => on.includes(name));
	if (both !== undefined) {
		reader.refuse(root.get('on', true), `"${both}" is switched off and on. Keep one of the two.`);
	}

	return {off, on};
};

const readRule = (item: unknown, reader: Reader): UserRule => {
	if (!isMap(item)) {
		return reader.refuse(item, 'this is no rule. A rule has at least id, type and pattern.');
	}

	for (const {key} of item.items) {
		if (!fields.has(String(isScalar(key) ? key.value : key))) {
			reader.refuse(key, `${String(key)} is not a field of a rule. Known are ${[...fields].join(', ')}.`);
		}
	}

	const id = text(item, 'id', reader) ?? reader.refuse(item, 'the rule has no id. Give each one an id of its own.');
	const type = choice(item, 'type', ['regex', 'literal', 'word', 'marker'] as const, 'regex', reader);
	const raw =
		text(item, 'pattern', reader) ??
		(type === 'marker' ? 'redact' : reader.refuse(item, `rule "${id}" has no pattern.`));
	const scope = choice(item, 'scope', ['prompt', 'field', 'global'] as const, 'global', reader);
	const places = [...list(item, 'fields', reader), ...list(item, 'field', reader)];
	if (scope === 'field' && places.length === 0) {
		reader.refuse(item, `rule "${id}" holds in fields and names none. Add fields, or make its scope global.`);
	}

	const pattern = userPattern(
		type,
		raw,
		{ignoreCase: flag(item, 'ignore_case', false, reader), dotAll: flag(item, 'dotall', false, reader)},
		reason => reader.refuse(item.get('pattern', true) ?? item, `the pattern of rule "${id}" ${reason}`),
	);
	const replacement = text(item, 'replacement', reader);
	if (replacement !== undefined && new RegExp(pattern.source, pattern.flags.replace('g', '')).test(replacement)) {
		reader.refuse(
			item.get('replacement', true),
			`the replacement of rule "${id}" is found by its own pattern. Choose another one.`,
		);
	}

	const reason = text(item, 'reason', reader);
	const actor = text(item, 'actor', reader);
	return {
		id,
		type,
		pattern,
		scope,
		fields: places,
		...(replacement === undefined ? {} : {replacement}),
		enabled: flag(item, 'enabled', true, reader),
		...(reason === undefined ? {} : {reason}),
		...(actor === undefined ? {} : {actor}),
		allow: readAllow(item.get('allow', true), reader),
		line: reader.lineOf(item),
	};
};

const readAllow = (node: unknown, reader: Reader): Allowed[] => {
	if (node === undefined || node === null) {
		return [];
	}

	if (!isSeq(node)) {
		return reader.refuse(node, 'allow must be a list.');
	}

	return node.items.map(item => {
		if (!isMap(item)) {
			return reader.refuse(item, 'what is allowed needs a literal or a pattern, and a reason.');
		}

		const reason = text(item, 'reason', reader) ?? reader.refuse(item, 'what is allowed needs a reason.');
		const literal = text(item, 'literal', reader);
		const raw = text(item, 'pattern', reader);
		if ((literal === undefined) === (raw === undefined)) {
			return reader.refuse(item, 'what is allowed needs either a literal or a pattern.');
		}

		const pattern = userPattern(
			literal === undefined ? 'regex' : 'literal',
			literal ?? raw ?? '',
			{ignoreCase: false, dotAll: false},
			why => reader.refuse(item, `a pattern of what is allowed ${why}`),
		);
		return {pattern: new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace('g', '')), reason};
	});
};
