import {kindChoices} from '../../query/kind-table.js';
import type {Filter} from '../../query/query.js';
import type {Connection} from './database.js';

/** A condition of SQL on an event: `e` is its row of events, `c` its call, `p` its prompt, `m` its message. */
export type Condition = {sql: string; values: Record<string, string | number>};

/** Which table has a row for every event that can fit. */
export type Driver = 'events' | 'function_calls' | 'prompts';

/** Values of a condition by name; alternatives of a filter have names of their own. */
type Bind = (value: string | number) => string;

/** Part of a text, in any case. */
const contains = (column: string, value: string, bind: Bind): string =>
	`${column} like ${bind(`%${value.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)} escape '\\'`;

/** The prompt that an event belongs to. */
const ownPrompt = (column: string): string =>
	`(select ${column} from prompts q where q.id >= (e.id >> 24) << 24 and q.id <= e.id order by q.id desc limit 1)`;

const ownSession = (column: string): string =>
	`(select ${column} from sessions s join files f on f.session_id = s.id where f.id = e.id >> 24)`;

const kindCondition = (value: string, bind: Bind): string => {
	const patterns = kindChoices.find(choice => choice.value === value)?.events ?? [];
	const alternatives = patterns.map(({kind, role, isContext, tool}) =>
		[
			`iif(p.id is null, e.kind, 'prompt') = ${bind(kind)}`,
			...(role === undefined ? [] : [`m.role = ${bind(role)}`]),
			...(isContext === undefined ? [] : [`m.context is ${isContext ? 'not ' : ''}null`]),
			...(tool === undefined ? [] : [`c.tool = ${bind(tool)}`]),
		].join(' and '),
	);
	return alternatives.map(alternative => `(${alternative})`).join(' or ') || '0';
};

/** Of states that the prompt of an event, or its session, may be in. */
const stateCondition = (value: string, bind: Bind): string => {
	switch (value) {
		case 'archived':
			return `${ownSession('archived')} = 1`;
		case 'gone':
			return `(${ownPrompt('gone')} = 1 or ${ownSession('gone_at')} is not null)`;
		case 'live':
		case 'rolled-back':
		case 'inherited':
			return `(${ownPrompt('state')} = ${bind(value)} and ${ownPrompt('gone')} = 0)`;
		default:
			return `${ownPrompt('outcome')} = ${bind(value === 'running' ? 'open' : value)}`;
	}
};

const meanings: Partial<Record<Filter['name'], (value: string, bind: Bind) => string>> = {
	kind: kindCondition,
	tool: (value, bind) => `(c.tool = ${bind(value.toLowerCase())} or ${contains('c.name', value, bind)})`,
	file: (value, bind) =>
		`changes_file(c.tool, c.command, iif(c.tool in ('patch', 'code'), c.arguments, null), ${bind(value.toLowerCase())})`,
	state: stateCondition,
};

/** Filters about events rather than sessions. */
const alternativesOf = ({name, values, amounts = [], times = []}: Filter, bind: Bind): string[] | undefined => {
	if (name === 'exit') {
		return amounts.map(({comparison, amount}) => `c.exit_code ${comparison} ${bind(amount)}`);
	}

	if (name === 'before' || name === 'after' || name === 'on') {
		return times.map(({start, end}) => `(${timeOf} >= ${bind(start)} and ${timeOf} < ${bind(end)})`);
	}

	const meaning = meanings[name];
	return meaning === undefined ? undefined : values.map(value => meaning(value, bind));
};

/** Time of an event; in logs without line times, the start of its session. */
const timeOf = `coalesce(e.at, (
	select started_at from sessions join files on files.session_id = sessions.id where files.id = e.id >> 24))`;

/** All filters on events. */
const conditionOf = (filters: readonly Filter[]): Condition => {
	const values: Condition['values'] = {};
	const bind: Bind = value => {
		const name = `v${Object.keys(values).length}`;
		values[name] = value;
		return `@${name}`;
	};
	const parts = filters.flatMap(filter => {
		const alternatives = alternativesOf(filter, bind);
		if (alternatives === undefined) {
			return [];
		}

		const any = `(${alternatives.join(' or ') || '0'})`;
		return [filter.isExcluded ? `not coalesce(${any}, 0)` : any];
	});
	return {sql: parts.join(' and ') || '1', values};
};

/** Where to look for events that fit filters when no word says where. */
export const driverOf = (filters: readonly Filter[]): Driver => {
	const asked = new Set(filters.filter(({isExcluded}) => !isExcluded).map(({name}) => name));
	if (asked.has('tool') || asked.has('exit') || asked.has('file')) {
		return 'function_calls';
	}

	return asked.has('kind') ? 'events' : 'prompts';
};

/** Whether the thread that an event's log goes on from is not known. */
const isOrphan = `not exists (
	select 1 from files f join sessions s on s.id = f.session_id
	join sessions origin on origin.thread_id in (s.forked_from_thread_id, s.parent_thread_id, f.copied_thread_id)
	where f.id = e.id >> 24)`;

/**
All filters on events in one condition, and only what is listed, where it was said: no repetition, nothing that another version
tells too, and no copy of another thread's line, unless that thread is not known.
*/
export const listedCondition = (filters: readonly Filter[]): Condition => {
	const {sql, values} = conditionOf(filters);
	// A copy's thread is looked for last, since that takes longest.
	return {
		sql: `e.completes is null and coalesce(p.gone, 0) <> 2 and ${sql} and (e.inherited = 0 or ${isOrphan})`,
		values,
	};
};

const markerLine = /^\*\*\* (?:(?:Add|Update|Delete) File|Move to): (.+?)\r?$/gm;

/** Whether a call changes, or looks at, a file with such a part in its path, in small letters. */
export const changesFile = (tool: unknown, command: unknown, input: unknown, part: unknown): number => {
	const wanted = String(part);
	if (tool !== 'patch' && tool !== 'code' && tool !== 'view-image') {
		return 0;
	}

	const isNamed = tool !== 'code' && typeof command === 'string' && command.toLowerCase().includes(wanted);
	const text = typeof input === 'string' ? input : tool === 'code' && typeof command === 'string' ? command : '';
	return Number(
		isNamed || (text.toLowerCase().includes(wanted) && pathsOf(text).some(path => path.toLowerCase().includes(wanted))),
	);
};

/** Files that a patch names, also where it stands inside JSON or a script. */
export const pathsOf = (text: string): string[] =>
	text
		.replaceAll(/\\r?\\n|\\n/g, '\n')
		.matchAll(markerLine)
		.flatMap(([, path]) => (path === undefined ? [] : [path.replace(/["'`\\].*$/, '')]))
		.toArray();

/** Makes the function of conditions known to SQLite. */
export const defineConditions = (db: Connection): void => {
	db.function('changes_file', {deterministic: true}, changesFile);
};
