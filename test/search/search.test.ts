import assert from 'node:assert/strict';
import fs from 'node:fs';
import {type TestContext, test} from 'node:test';
import fc from 'fast-check';
import {searchPath} from '../../source/store/sqlite/database.js';
import {
	answeredTwice,
	askedTwice,
	customCall,
	customOutput,
	type Fields,
	functionCall,
	functionOutput,
	item,
	message,
	meta,
	moment,
	reasoning,
	rolloutOf,
	threadId,
} from '../helpers/rollout.js';
import {Home, idOf, logName, query} from '../ingest/home.js';
import {ingestTexts} from '../ingest/search-content.js';
import {answersTo, answerTo, marked, searchOf} from './ask.js';

const patch =
	'*** Begin Patch\n*** Update File: source/tide-tables.ts\n@@\n-const low = 1;\n+const low = 2;\n*** Update File: old.ts\n*** Move to: docs/harbourMap.ts\n@@\n-a\n+b\n*** End Patch';

const turn = (prompt: string, answer: string, at: number): string[] => [
	...askedTwice(prompt, at),
	...answeredTwice(answer, at + 5),
];

/** A session with something of each kind. */
const first = rolloutOf([
	meta({git: {branch: 'fix/harbour', repository_url: 'git@example.test:mira/tides.git'}}),
	...turn('Where is the moonfish table computed?', 'In computeMoonfishTable, beside the café.', 10),
	item(reasoning(['Looking at **low water** first']), 20),
	item(functionCall('shell', {command: ['npm', 'test']}, 'call-1'), 21),
	item(
		functionOutput('call-1', {output: 'quillfish failed\nexpected 3', metadata: {exit_code: 1, duration_seconds: 2}}),
		22,
	),
	item(functionCall('shell', {command: ['ls', 'quay']}, 'call-2'), 23),
	item(functionOutput('call-2', {output: 'harbour.txt', metadata: {exit_code: 0, duration_seconds: 1}}), 24),
	item(customCall('apply_patch', patch, 'call-3'), 25),
	item(customOutput('call-3', 'Done'), 26),
	item(message('assistant', '表を直しました。潮の表です。'), 27),
]);

const second = rolloutOf([
	meta({id: idOf(8), cwd: '/home/mira/lighthouse'}, '2026-02-05T10:00:00.000Z'),
	...turn('Paint the lighthouse, moonfish white', 'Painted, with moonfish and quillfish.', 86_400 * 2),
]);

const homeOf = async (t: TestContext): Promise<Home> => {
	const home = new Home(t);
	home.write(logName(threadId), first);
	home.write(logName(idOf(8), '2026-02-05'), second);
	await ingestTexts(home);
	return home;
};

test('words, beginnings, phrases, OR and NOT find events where they are listed, the newest first', async t => {
	const home = await homeOf(t);
	const search = searchOf(t, home.database);
	const kinds = async (typed: string): Promise<string[]> =>
		(await answerTo(search, typed)).hits.map(({kind, part, label}) => `${kind} ${label ?? '-'} ${part}`);
	assert.deepEqual(await kinds('moonfish lighthouse'), ['prompt - message']);
	assert.deepEqual(await kinds('quillf'), ['message assistant message', 'tool-call shell output']);
	assert.deepEqual(await kinds('"low water"'), ['reasoning - message']);
	assert.deepEqual(await kinds('"water low"'), []);
	assert.deepEqual(await kinds('quillfish -moonfish'), ['tool-call shell output']);
	assert.deepEqual(await kinds('"low water" OR lighthouse'), ['prompt - message', 'reasoning - message']);
	assert.deepEqual(await kinds('cafe'), ['message assistant message']);
	assert.deepEqual(await kinds('computeMoonfishTable'), ['message assistant message']);
	assert.deepEqual(await kinds('MoonfishTable'), ['message assistant message', 'prompt - message']);
	assert.deepEqual(await kinds('潮'), ['message assistant message']);
	assert.deepEqual(await kinds('qu'), [], 'two letters are a word');
	assert.equal((await kinds('qu*')).length, 3);
	assert.equal((await kinds('tide-tables.ts')).length, 1);
	assert.deepEqual(await kinds('?!'), []);
	assert.deepEqual(await kinds(''), []);
	const without = await answerTo(search, '-moonfish');
	assert.ok(without.total > 4 && without.hits.every(({snippet}) => !snippet.text.toLowerCase().includes('moonfish')));
});

test('a hit names its session, its prompt and its place, and shows where the words stand', async t => {
	const home = await homeOf(t);
	const search = searchOf(t, home.database);
	const [hit] = (await answerTo(search, 'quillfish kind:command')).hits;
	assert.ok(hit);
	const [session] = query(home.database, `select id from sessions where thread_id = '${threadId}'`);
	const [prompt] = query(home.database, `select id from prompts where session_id = ${session?.['id']}`);
	assert.equal(hit.sessionId, session?.['id']);
	assert.equal(hit.promptId, prompt?.['id']);
	assert.equal(hit.tool, 'command');
	assert.equal(hit.at, '2026-02-03T10:00:21.000Z');
	assert.deepEqual(hit.snippet, {text: 'quillfish failed expected 3', ranges: [[0, 9]]});
	const marks = async (typed: string): Promise<string[][]> => (await answerTo(search, typed)).hits.map(marked);
	assert.deepEqual(await marks('CAFE'), [['café']]);
	assert.deepEqual(await marks('MoonfishTable'), [['MoonfishTable'], ['moonfish table']]);
	assert.deepEqual(await marks('"low water"'), [['low water']]);
	assert.deepEqual(await marks('潮の表'), [['潮の表']]);
	assert.deepEqual(await marks('quay'), [['quay']]);
});

test('filters narrow a search, and are enough on their own', async t => {
	const home = await homeOf(t);
	const search = searchOf(t, home.database);
	const found = async (typed: string): Promise<string[]> =>
		(await answerTo(search, typed)).hits.map(({kind, label, line}) => `${kind} ${label ?? '-'} ${line}`);
	const patchLine = (await found('tool:apply_patch'))[0];
	assert.match(patchLine ?? '', /^tool-call apply_patch \d+$/);
	assert.deepEqual(await found('file:tide-tables'), [patchLine]);
	assert.deepEqual(await found('file:DOCS/harbourmap.ts'), [patchLine]);
	assert.deepEqual(await found('file:quay'), [], 'only what was changed');
	assert.deepEqual(await found('exit:>0'), await found('quillfish exit:1'));
	assert.equal((await found('exit:0 tool:shell')).length, 1);
	assert.equal((await found('kind:command -exit:0')).length, 1);
	assert.equal((await found('moonfish session:light')).length, 2);
	assert.equal((await found('moonfish repo:mira/tides')).length, 2, 'prompt and answer');
	assert.equal((await found('moonfish branch:harbour kind:prompt')).length, 1);
	assert.equal((await found('moonfish on:2026-02-05 kind:prompt')).length, 1);
	assert.equal((await found('moonfish before:2026-02-05 kind:prompt')).length, 1);
	assert.equal((await found('moonfish -on:2026-02-05 kind:prompt')).length, 1);
	assert.deepEqual(await found('moonfish on:2025-01-01'), []);
	assert.deepEqual(await found('state:rolled-back'), []);
	assert.equal((await found('repo:tides')).length, 1, 'its prompts');
	assert.deepEqual(await found('kind:problem'), []);
});

test('the best first has the words close together, and says as much as the newest', async t => {
	const home = new Home(t);
	const far = `harbour ${'and some other words '.repeat(40)} lantern`;
	home.write(
		logName(threadId),
		rolloutOf([
			meta(),
			...turn('Which harbour lantern is it?', 'None.', 10),
			item(message('assistant', far), 30),
			item(message('assistant', `${far} once more`), 40),
		]),
	);
	await ingestTexts(home);
	const search = searchOf(t, home.database);
	const newest = await answerTo(search, 'harbour lantern');
	const best = await answerTo(search, 'harbour lantern', {order: 'best'});
	assert.equal(best.total, newest.total);
	assert.equal(newest.hits.at(-1)?.kind, 'prompt');
	assert.equal(best.hits[0]?.kind, 'prompt');
	assert.deepEqual(new Set(best.hits.map(({id}) => id)), new Set(newest.hits.map(({id}) => id)));
});

test('pages follow the limit, and all hits are counted up to a cap', async t => {
	const home = new Home(t);
	const turns = Array.from({length: 120}, (_, at) => turn(`Which moonfish ${at}?`, 'That one.', at * 10)).flat();
	home.write(logName(threadId), rolloutOf([meta(), ...turns]));
	await ingestTexts(home);
	const search = searchOf(t, home.database);
	const answers = await answersTo(search, 'moonfish kind:prompt', {limit: 100});
	assert.equal(answers[0]?.hits.length, 20, 'a screenful at once');
	const last = answers.at(-1);
	assert.equal(last?.hits.length, 100);
	assert.equal(last?.total, 120);
	assert.equal(last?.isAtLeast, false);
	const ids = last?.hits.map(({id}) => id) ?? [];
	assert.deepEqual(
		ids,
		ids.toSorted((a, b) => b - a),
	);
});

test('what is hidden is neither shown nor found', async t => {
	const home = await homeOf(t);
	const hide = (text: string): string => text.replaceAll(/quillfish/gi, '[hidden]');
	const search = searchOf(t, home.database, {hiding: {anywhere: hide, inSession: async () => hide}});
	assert.deepEqual((await answerTo(search, 'quillfish')).hits, []);
	const [hit] = (await answerTo(search, 'moonfish session:light kind:answer')).hits;
	assert.equal(hit?.snippet.text, 'Painted, with moonfish and [hidden].');
	assert.deepEqual(hit === undefined ? [] : marked(hit), ['moonfish']);
});

test('titles, folders, branches and tags are found in spite of a typing mistake', async t => {
	const home = await homeOf(t);
	const tags = ({threadId: thread}: {threadId: string}): string[] => (thread === threadId ? ['release'] : []);
	const search = searchOf(t, home.database, {
		learn: async () => ({of: session => ({tags: tags(session)}), texts: tags, version: 1}),
	});
	const titles = async (typed: string): Promise<[string, string[]][]> =>
		(await answerTo(search, typed)).sessions.map(hit => [hit.session.threadId, marked(hit)]);
	assert.deepEqual(await titles('lihgthouse'), [[idOf(8), ['lighthouse']]]);
	assert.deepEqual(await titles('harbour'), [[threadId, ['harbour']]]);
	assert.deepEqual(await titles('release'), [[threadId, ['release']]]);
	assert.deepEqual(await titles('tag:release'), [[threadId, []]]);
	assert.deepEqual(await titles('zzzzzz'), []);
});

test('words inside of words are found by reading the logs', async t => {
	const home = await homeOf(t);
	const search = searchOf(t, home.database);
	const inside = async (typed: string) => answerTo(search, typed, {isInsideWords: true});
	const answer = await inside('uillfis');
	assert.deepEqual(
		answer.hits.map(({kind, part}) => `${kind} ${part}`),
		['message message', 'tool-call output'],
	);
	assert.equal(answer.scanned, 1);
	assert.deepEqual(answer.hits.map(marked), [['uillfis'], ['uillfis']]);
	assert.equal((await inside('UILLFIS -oonfis')).hits.length, 1);
	assert.equal((await inside('uillfis kind:answer')).hits.length, 1);
	assert.equal((await inside('fé')).hits.length, 1);
	assert.equal((await inside('"fish failed\nexp"')).hits.length, 1);
	assert.deepEqual((await inside('custom_tool_ca')).hits, [], 'spelt by the log, said by nobody');

	fs.rmSync(home.path(logName(threadId)));
	await home.ingest();
	assert.equal((await inside('uillfis')).hits.length, 2, 'from the archive');
});

test('a copy of a line is found once, where it was first said', async t => {
	const home = new Home(t);
	home.write(logName(threadId), rolloutOf([meta(), ...turn('Count the moonfish', 'Nine moonfish.', 10)]));
	await ingestTexts(home);
	const search = searchOf(t, home.database);
	const before = await answerTo(search, 'moonfish');
	// A fork repeats its parent's lines, all stamped anew within one moment.
	const copied = [meta(), ...turn('Count the moonfish', 'Nine moonfish.', 10)].map(line =>
		JSON.stringify({...(JSON.parse(line) as Fields), timestamp: moment(3600)}),
	);
	home.write(
		logName(idOf(9)),
		rolloutOf([
			meta({id: idOf(9), timestamp: moment(3600), forked_from_id: threadId}, 3600),
			...copied,
			...turn('And the quillfish', 'None.', 3700),
		]),
	);
	await ingestTexts(home);
	assert.equal((await answerTo(search, 'quillfish')).hits.length > 0, true);
	assert.deepEqual(
		(await answerTo(search, 'moonfish')).hits.map(({id}) => id),
		before.hits.map(({id}) => id),
	);
	const prompts = await answerTo(searchOf(t, home.database), 'kind:prompt');
	assert.equal(prompts.hits.length, 2, 'also where no word was asked for before');
});

test('without a search database nothing is found and nothing is made; a damaged one is as none', async t => {
	const home = await homeOf(t);
	const path = searchPath(home.database);
	const search = searchOf(t, home.database);
	assert.ok((await answerTo(search, 'moonfish')).total > 0);
	fs.rmSync(path);
	fs.rmSync(`${path}-wal`, {force: true});
	fs.rmSync(`${path}-shm`, {force: true});
	const none = await answerTo(search, 'moonfish');
	assert.deepEqual([none.total, none.indexed], [0, 0]);
	assert.equal(fs.existsSync(path), false);
	assert.ok((await answerTo(search, 'tool:apply_patch')).total > 0, 'filters ask the index');
	fs.writeFileSync(path, Buffer.alloc(100_000, 7));
	assert.equal((await answerTo(search, 'moonfish')).total, 0);
	fs.rmSync(path);
	await ingestTexts(home);
	const again = await answerTo(search, 'moonfish');
	assert.ok(again.total > 0);
	assert.equal(again.indexed, 1);
});

test('a newer question takes the place of the one before', async t => {
	const home = await homeOf(t);
	const search = searchOf(t, home.database);
	const late: unknown[] = [];
	const earlier = answersTo(search, 'moonfish');
	earlier.then(
		answers => late.push(answers),
		error => late.push(error),
	);
	const answer = await answerTo(search, 'lighthouse');
	assert.equal(answer.total, 1);
	assert.deepEqual(late, []);
});

test('values complete a filter, the most frequent first', async t => {
	const home = await homeOf(t);
	const search = searchOf(t, home.database);
	assert.deepEqual(await search.values('tool', ''), ['shell', 'apply_patch']);
	assert.deepEqual(await search.values('tool', 'app'), ['apply_patch']);
	assert.deepEqual(await search.values('branch', 'har'), ['fix/harbour']);
	assert.deepEqual(await search.values('repo', 'mira/t'), ['example.test/mira/tides']);
	assert.deepEqual(await search.values('file', 'tide'), ['source/tide-tables.ts']);
	assert.deepEqual(await search.values('nothing', ''), []);
});

test('a search never throws, whatever is typed', async t => {
	const home = await homeOf(t);
	const search = searchOf(t, home.database);
	const piece = fc.constantFrom(
		...['"', '*', 'AND', 'OR', 'NOT', '(', ')', '-', 'NEAR(', '{text}:', '^', '潮', "'", '\\', '%', '_'],
		...[
			'quill',
			'moonfish*',
			'\u0000',
			'\ud800',
			' ',
			'kind:prompt',
			'tool:',
			'exit:>0',
			'file:a%',
			'on:2026-02',
			'-state:live',
		],
	);
	const typed = fc.oneof(
		fc.string({unit: 'binary', maxLength: 60}),
		fc.array(piece, {maxLength: 30}).map(parts => parts.join('')),
		fc.array(piece, {maxLength: 30}).map(parts => parts.join(' ')),
	);
	await fc.assert(
		fc.asyncProperty(
			typed,
			fc.constantFrom('newest' as const, 'best' as const),
			fc.integer({min: -1, max: 5}),
			fc.boolean(),
			async (text, order, limit, isInsideWords) => {
				const answer = await answerTo(search, text, {order, limit, isInsideWords});
				assert.ok(answer.hits.length <= Math.max(0, limit) || isInsideWords);
				for (const {snippet} of answer.hits) {
					assert.ok(snippet.text.length <= 240 && !/[\u0000-\u001f\u007f]/.test(snippet.text), snippet.text);
					assert.ok(snippet.ranges.every(([start, end]) => start < end && end <= snippet.text.length));
				}
			},
		),
		{numRuns: 300},
	);
});
