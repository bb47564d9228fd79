import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {SessionSummary} from '../../source/model/session.js';
import {noUsage} from '../../source/model/token-usage.js';
import {type SessionFacts, sessionMatcher} from '../../source/query/match-session.js';
import {parse, shownFilters} from './show.js';

const session: SessionSummary = {
	id: 1,
	threadId: '0199C0DE-1111-7000-8000-000000000001',
	parentThreadId: null,
	forkedFromThreadId: null,
	kind: 'main',
	name: null,
	title: 'Draw the Tide tables',
	archived: false,
	startedAt: '2026-11-20T22:30:00Z',
	endedAt: '2026-11-21T10:00:00Z',
	cwd: '/home/mira/Work/tides',
	gitBranch: 'Feature/tables',
	gitCommit: null,
	gitRepositoryUrl: 'https://token@github.com/Kim/shop.git',
	originator: null,
	cliVersion: null,
	models: ['gpt-5.1-codex', 'gpt-5-mini'],
	promptCount: 3,
	toolCallCount: 4,
	problemCount: 0,
	durationMs: null,
	usage: {...noUsage, totalTokens: 1_500_000},
	bytes: 1000,
	gone: null,
};
const facts: SessionFacts = {
	session,
	repository: 'github.com/Kim/shop',
	tags: ['Ship it', 'release-2'],
	cost: 0.5,
	redactions: 2,
};
const unknown: SessionFacts = {
	session: {...session, title: null, cwd: null, gitBranch: null, models: [], startedAt: null, endedAt: null},
	repository: null,
	tags: [],
	cost: null,
	redactions: null,
};

const fulfilled = `
	repo:shop repo:kim/SHOP repo:github.com/kim/shop repo:work/tides repo:x,tides
	repo:https://github.com/kim/shop.git repo:git@github.com:kim/shop repo:https://mira@github.com/kim/ repo:ssh://git@github.com/kim/shop
	branch:feature branch:TABLES model:codex model:gpt-5-mini,x
	session:0199c0de session:"tide table" session:x,draw
	tag:"ship it" tag:ship* tag:RELEASE-2 tag:*
	after:2026-11-20 after:2026-11-21T11:00 after:x,2026 before:2026-11-21 before:2026-11-20T23:31
	on:2026-11-20 on:2026-11-21 on:2026-11-21T08:15 on:2026 on:2025,yesterday
	tokens:1.5M tokens:>1M tokens:<=1500k tokens:>2M,1M cost:>0.49 cost:<$1 cost:0.5
	redacted:yes redacted:2 redacted:>1 redacted:no,yes
`;
const unfulfilled = `
	repo:token repo:https:// repo:shops branch:main model:o3 session:c0de session:boats
	tag:ship tag:it tag:"ship it "* after:2026-11-21T11:01 after:today before:2026-11-20 before:2026-11-20T23:30
	on:today on:2026-11-19 on:2026-11-21T12:00 state:archived state:gone,archived
	tokens:>1.5M tokens:1 cost:>0.5 cost:<0.5 redacted:no redacted:>2
`;
const filtersIn = (text: string): string[] => text.match(/[a-z]+:(?:"[^"]*"|\S)+/g) ?? [];
const holds = (typed: string, about = facts): boolean => {
	const {matches, undecided} = sessionMatcher(parse(`${typed} `));
	assert.deepEqual(undecided, []);
	return matches(about);
};

for (const filter of filtersIn(fulfilled)) {
	test(`${filter} lets a session through, and its exclusion does not`, () => {
		assert.deepEqual([holds(filter), holds(`-${filter}`)], [true, false]);
	});
}

for (const filter of filtersIn(unfulfilled)) {
	test(`${filter} does not let a session through, and its exclusion does`, () => {
		assert.deepEqual([holds(filter), holds(`-${filter}`)], [false, true]);
	});
}

test('a session of which nothing is known fulfils no filter', () => {
	const filters = filtersIn(fulfilled).filter(filter => !/^tokens|0199/.test(filter));
	assert.deepEqual(
		filters.filter(filter => holds(filter, unknown) || !holds(`-${filter}`, unknown)),
		[],
	);
});

test('archived and gone sessions are told apart', () => {
	const archived = {...facts, session: {...session, archived: true}};
	const gone = {...facts, session: {...session, gone: {since: '2026-11-22T00:00:00Z', reason: 'deleted'}}};
	const found = ['state:archived', 'state:gone', 'state:gone,archived', '-state:gone'].map(filter =>
		[facts, archived, gone].map(about => holds(filter, about)),
	);
	assert.deepEqual(found, [
		[false, true, false],
		[false, false, true],
		[false, true, true],
		[true, true, false],
	]);
});

test('a session without an end ran when it began', () => {
	const short = {...facts, session: {...session, endedAt: null}};
	assert.equal(holds('on:2026-11-20', short), true);
	assert.equal(holds('on:2026-11-21', short), false);
});

test('all filters must hold, and words are not looked at', () => {
	assert.equal(holds('boat repo:shop branch:feature'), true);
	assert.equal(holds('repo:shop branch:main'), false);
	assert.equal(holds('boat'), true);
});

test('filters about prompts and events are undecided, and let everything through', () => {
	const events = 'kind:prompt -tool:patch file:tides.ts exit:!=0 state:failed -state:archived,aborted';
	const query = parse(`${events} repo:shop `);
	const {matches, undecided} = sessionMatcher(query);
	assert.equal(matches(facts), true);
	assert.equal(shownFilters({...query, filters: undecided}), events.replace('exit:!=0', '-exit:0'));
});
