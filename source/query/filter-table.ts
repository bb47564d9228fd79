import {kindChoices} from './kind-table.js';
import type {FilterName} from './query.js';

/** What a filter tells apart. */
export type Subject = 'session' | 'prompt' | 'event';

export type Choice = {value: string; meaning: string};

export type FilterRow = {
	name: FilterName;
	/** What others call it; only understood when a mistake is explained. */
	synonyms: readonly string[];
	/** What is found, as the end of a sentence. */
	meaning: string;
	/** `choice` takes only its choices, `number` takes them too. */
	kind: 'text' | 'choice' | 'day' | 'number' | 'money';
	about: readonly Subject[];
	choices: readonly Choice[];
	/** As a person may write it. */
	example: string;
};

const stateChoices: readonly Choice[] = [
	{value: 'live', meaning: 'prompts that count'},
	{value: 'rolled-back', meaning: 'prompts that were taken back'},
	{value: 'inherited', meaning: 'prompts that were copied from a parent'},
	{value: 'gone', meaning: 'what the logs no longer hold'},
	{value: 'archived', meaning: 'sessions that were archived'},
	{value: 'running', meaning: 'prompts without an end yet'},
	{value: 'done', meaning: 'prompts that ended well'},
	{value: 'aborted', meaning: 'prompts that were stopped'},
	{value: 'failed', meaning: 'prompts that ended with an error'},
];

const redactedChoices: readonly Choice[] = [
	{value: 'yes', meaning: 'something is redacted'},
	{value: 'no', meaning: 'nothing is redacted'},
];

/** Every filter of the search box, in the order of help and completion. */
export const filterRows: readonly FilterRow[] = [
	{
		name: 'repo',
		synonyms: ['folder', 'cwd', 'repository', 'project'],
		meaning: 'sessions of a repository or folder, by part of its remote or path',
		kind: 'text',
		about: ['session'],
		choices: [],
		example: 'repo:kim/shop',
	},
	{
		name: 'branch',
		synonyms: [],
		meaning: 'sessions that began on a Git branch, by part of its name',
		kind: 'text',
		about: ['session'],
		choices: [],
		example: '-branch:main',
	},
	{
		name: 'model',
		synonyms: [],
		meaning: 'sessions that used a model, by part of its name',
		kind: 'text',
		about: ['session'],
		choices: [],
		example: 'model:codex',
	},
	{
		name: 'session',
		synonyms: ['title', 'id', 'thread'],
		meaning: 'a session, by the beginning of its id or part of its title',
		kind: 'text',
		about: ['session'],
		choices: [],
		example: 'session:"tide tables"',
	},
	{
		name: 'tag',
		synonyms: ['label'],
		meaning: 'sessions with a tag, or with one that begins so (`ship*`)',
		kind: 'text',
		about: ['session'],
		choices: [],
		example: 'tag:ship,release*',
	},
	{
		name: 'kind',
		synonyms: ['type', 'is'],
		meaning: 'events of a kind',
		kind: 'choice',
		about: ['event'],
		choices: kindChoices,
		example: 'kind:prompt,answer',
	},
	{
		name: 'tool',
		synonyms: [],
		meaning: 'tool calls, by the name or kind of the tool',
		kind: 'text',
		about: ['event'],
		choices: [],
		example: 'tool:apply_patch',
	},
	{
		name: 'file',
		synonyms: ['path'],
		meaning: 'events that changed a file, by part of its path',
		kind: 'text',
		about: ['event'],
		choices: [],
		example: 'file:source/tides.ts',
	},
	{
		name: 'exit',
		synonyms: ['code'],
		meaning: 'commands that ended with an exit code',
		kind: 'number',
		about: ['event'],
		choices: [],
		example: 'exit:!=0',
	},
	{
		name: 'after',
		synonyms: ['since', 'from'],
		meaning: 'what happened since the beginning of a day or moment',
		kind: 'day',
		about: ['session', 'event'],
		choices: [],
		example: 'after:7d',
	},
	{
		name: 'before',
		synonyms: ['until', 'to'],
		meaning: 'what happened before the beginning of a day or moment',
		kind: 'day',
		about: ['session', 'event'],
		choices: [],
		example: 'before:2026-11',
	},
	{
		name: 'on',
		synonyms: ['date', 'day'],
		meaning: 'what happened within a day, month, year or minute',
		kind: 'day',
		about: ['session', 'event'],
		choices: [],
		example: 'on:yesterday',
	},
	{
		name: 'state',
		synonyms: ['status'],
		meaning: 'prompts or sessions in a state',
		kind: 'choice',
		about: ['session', 'prompt'],
		choices: stateChoices,
		example: '-state:inherited,rolled-back',
	},
	{
		name: 'redacted',
		synonyms: ['secret'],
		meaning: 'sessions with redactions, or with so many',
		kind: 'number',
		about: ['session'],
		choices: redactedChoices,
		example: 'redacted:yes',
	},
	{
		name: 'tokens',
		synonyms: [],
		meaning: 'sessions by the tokens they used',
		kind: 'number',
		about: ['session'],
		choices: [],
		example: 'tokens:>1.5M',
	},
	{
		name: 'cost',
		synonyms: ['price'],
		meaning: 'sessions by what they cost in dollars',
		kind: 'money',
		about: ['session'],
		choices: [],
		example: 'cost:>=0.5',
	},
];

export const filterNames: readonly FilterName[] = filterRows.map(({name}) => name);

/** The filter of that name, in any case. */
export const filterRow = (name: string): FilterRow | undefined =>
	filterRows.find(row => row.name === name.toLowerCase());
