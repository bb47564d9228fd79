import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ToolKind} from '../../source/model/log-event.js';
import type {EventSummary} from '../../source/model/session.js';
import {choiceTable, filterTable} from '../../source/query/filter-docs.js';
import {filterNames, filterRow, filterRows} from '../../source/query/filter-table.js';
import {kindChoices} from '../../source/query/kind-table.js';
import type {FilterName} from '../../source/query/query.js';
import {checkPart} from '../helpers/marked-part.js';
import {onlyFilter} from './show.js';

/** A name that is added to the types has to be added here, and so to the tables. */
const names: Record<FilterName, true> = {
	repo: true,
	branch: true,
	model: true,
	kind: true,
	tool: true,
	file: true,
	exit: true,
	before: true,
	after: true,
	on: true,
	session: true,
	state: true,
	tag: true,
	redacted: true,
	tokens: true,
	cost: true,
};

const kinds: Record<EventSummary['kind'], true> = {
	message: true,
	reasoning: true,
	'tool-call': true,
	'token-usage': true,
	'turn-context': true,
	'session-meta': true,
	'turn-start': true,
	'turn-end': true,
	'turn-aborted': true,
	'user-command': true,
	plan: true,
	compaction: true,
	review: true,
	rollback: true,
	name: true,
	notice: true,
	snapshot: true,
	unknown: true,
	prompt: true,
	problem: true,
};

const tools: Record<ToolKind, true> = {
	command: true,
	patch: true,
	plan: true,
	mcp: true,
	'view-image': true,
	'web-search': true,
	agent: true,
	code: true,
	other: true,
};

test('the table has every filter once', () => {
	assert.deepEqual(filterNames.toSorted(), Object.keys(names).sort());
	assert.equal(filterRow('REPO')?.name, 'repo');
	assert.equal(filterRow('constructor'), undefined);
});

test('the example of every filter is one of it', () => {
	for (const {name, example, kind} of filterRows) {
		const filter = onlyFilter(`${example} `);
		assert.equal(filter.name, name);
		assert.equal(filter.times !== undefined, kind === 'day');
		assert.equal(filter.amounts !== undefined, kind === 'number' || kind === 'money');
	}
});

test('synonyms are no names, and mean one filter each', () => {
	const synonyms = filterRows.flatMap(row => row.synonyms);
	assert.equal(new Set([...synonyms, ...filterNames]).size, synonyms.length + filterNames.length);
});

test('every kind of event and tool call is one of a choice', () => {
	const patterns = kindChoices.flatMap(({events}) => events);
	assert.deepEqual(new Set(patterns.map(({kind}) => kind)), new Set(Object.keys(kinds)));
	const named = kindChoices.flatMap(({value, events}) =>
		events[0]?.tool === undefined ? [] : [value, events[0].tool],
	);
	assert.deepEqual(new Set(named), new Set(Object.keys(tools)));
	assert.equal(new Set(kindChoices.map(({value}) => value)).size, kindChoices.length);
});

test('docs/search.md lists every filter and its choices', () => {
	checkPart('docs/search.md', 'filters', filterTable());
	const withChoices = filterRows.filter(({kind}) => kind === 'choice');
	assert.deepEqual(
		withChoices.map(({name}) => name),
		['kind', 'state'],
	);
	for (const row of withChoices) {
		checkPart('docs/search.md', row.name, choiceTable(row));
	}
});
