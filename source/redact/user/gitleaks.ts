import {parse, TomlError} from 'smol-toml';
import {UserError} from '../../model/problem.js';
import {isQuick} from '../engine/time-limit.js';
import type {Allowlist, Rule} from '../rules/rule.js';
import {translateGoRegex} from './go-regex.js';

/** What a `.gitleaks.toml` says, and which parts of it could not be followed, each as a clause with the rule's name. */
export type GitleaksFile = {rules: Rule[]; disabledRules: string[]; notUnderstood: string[]};

type Table = Record<string, unknown>;

const knownFields = new Set([
	'id',
	'description',
	'regex',
	'secretGroup',
	'keywords',
	'entropy',
	'path',
	'tags',
	'allowlist',
	'allowlists',
	'skipReport',
]);

/**
Reads rules in gitleaks' TOML. Throws a `UserError` with file and line for what is not TOML, a rule without an id, two
rules of one id, a pattern that cannot be read, and one that takes too long.
*/
export const readGitleaksFile = (text: string, file: string): GitleaksFile => {
	const table = parsed(text, file);
	const notUnderstood: string[] = [];
	const extend = tableOf(table['extend']);
	if (extend['path'] !== undefined || extend['url'] !== undefined) {
		notUnderstood.push('[extend] names another file, which was not read');
	}

	const shared = [...tablesOf(table['allowlist']), ...tablesOf(table['allowlists'])].map(list => ({
		targets: strings(list['targetRules']),
		list: allowlistOf(list, 'the allowlist of the whole file', text, file, notUnderstood),
	}));
	const rules: Rule[] = [];
	for (const [index, one] of tablesOf(table['rules']).entries()) {
		const rule = ruleOf(one, index, text, file, notUnderstood);
		if (rule === undefined) {
			continue;
		}

		if (rules.some(({id}) => id === rule.id)) {
			throw new UserError(
				`${place(text, file, rule.id)}: there are two rules with the id "${rule.id}". Rename or remove one.`,
			);
		}

		const general = shared
			.filter(({targets}) => targets.length === 0 || targets.includes(rule.id))
			.map(({list}) => list);
		rules.push({...rule, allowlists: [...(rule.allowlists ?? []), ...general]});
	}

	return {rules, disabledRules: strings(extend['disabledRules']), notUnderstood};
};

const parsed = (text: string, file: string): Table => {
	try {
		return parse(text.replace(/^\uFEFF/, '')) as Table;
	} catch (error) {
		if (!(error instanceof TomlError)) {
			throw error;
		}

		throw new UserError(`Line ${error.line} of ${file} is not valid TOML. Correct it.`);
	}
};

const ruleOf = (table: Table, index: number, text: string, file: string, notUnderstood: string[]): Rule | undefined => {
	const id = table['id'];
	if (typeof id !== 'string' || id === '') {
		throw new UserError(`${headPlace(text, file, index)}: the rule has no id. Give each one an id of its own.`);
	}

	for (const field of Object.keys(table)) {
		if (!knownFields.has(field)) {
			notUnderstood.push(`rule "${id}": ${field} is not understood`);
		}
	}

	if (table['path'] !== undefined) {
		notUnderstood.push(`rule "${id}": path is not followed, since texts of a session have none`);
	}

	if (typeof table['regex'] !== 'string') {
		notUnderstood.push(`rule "${id}": it has no regex`);
		return undefined;
	}

	const pattern = patternOf(table['regex'], id, text, file);
	if (!isQuick(new RegExp(pattern.source, `${pattern.flags}dg`))) {
		throw new UserError(`${place(text, file, id)}: the pattern of rule "${id}" takes too long. Bound its repetitions.`);
	}

	return {
		id,
		description: typeof table['description'] === 'string' ? table['description'] : id,
		regex: pattern.source,
		flags: pattern.flags,
		keywords: strings(table['keywords']),
		...(typeof table['secretGroup'] === 'number' && table['secretGroup'] > 0
			? {secretGroup: table['secretGroup']}
			: {}),
		...(typeof table['entropy'] === 'number' ? {entropy: table['entropy']} : {}),
		allowlists: [...tablesOf(table['allowlist']), ...tablesOf(table['allowlists'])].map(list =>
			allowlistOf(list, `rule "${id}"`, text, file, notUnderstood),
		),
		isForeign: true,
	};
};

const patternOf = (regex: string, owner: string, text: string, file: string): {source: string; flags: string} => {
	const pattern = translateGoRegex(regex);
	if ('reason' in pattern) {
		throw new UserError(
			`${place(text, file, owner)}: a pattern of ${owner} cannot be read (${pattern.reason}). Correct or remove it.`,
		);
	}

	return pattern;
};

const allowlistOf = (table: Table, owner: string, text: string, file: string, notUnderstood: string[]): Allowlist => {
	const isAnd = String(table['condition'] ?? 'OR').toUpperCase() === 'AND' || table['condition'] === '&&';
	const outside = ['commits', 'paths'].filter(field => strings(table[field]).length > 0);
	if (outside.length > 0) {
		notUnderstood.push(`${owner}: ${outside.join(' and ')} of an allowlist are not followed`);
	}

	const target = table['regexTarget'];
	return {
		condition: isAnd ? 'AND' : 'OR',
		regexTarget: target === 'match' || target === 'line' ? target : 'secret',
		// With AND, a condition that cannot be looked at never holds.
		regexes:
			isAnd && outside.length > 0
				? [/(?!)/]
				: strings(table['regexes']).map(regex => {
						const {source, flags} = patternOf(regex, owner, text, file);
						const made = new RegExp(source, flags);
						if (!isQuick(new RegExp(source, `${flags}g`))) {
							throw new UserError(
								`${place(text, file, owner)}: a pattern in the allowlist of ${owner} takes too long. Bound its repetitions.`,
							);
						}

						return made;
					}),
		stopwords: isAnd && outside.length > 0 ? [] : strings(table['stopwords']),
	};
};

/** Where a rule stands, for an error. */
const place = (text: string, file: string, id: string): string => {
	const at = text.search(new RegExp(`^\\s*id\\s*=\\s*["']{1,3}${id.replaceAll(/[^\w-]/g, '.')}["']`, 'm'));
	return at < 0 ? file : `Line ${text.slice(0, text.indexOf('id', at)).split('\n').length} of ${file}`;
};

/** Where the rule of this number begins. */
const headPlace = (text: string, file: string, index: number): string => {
	const head = [...text.matchAll(/^[ \t]*\[\[\s*rules\s*\]\]/gm)][index];
	return head === undefined ? file : `Line ${text.slice(0, head.index).split('\n').length} of ${file}`;
};

const tableOf = (value: unknown): Table =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
const tablesOf = (value: unknown): Table[] =>
	Array.isArray(value) ? value.map(tableOf) : value === undefined ? [] : [tableOf(value)];
const strings = (value: unknown): string[] =>
	Array.isArray(value) ? value.filter(one => typeof one === 'string') : [];
