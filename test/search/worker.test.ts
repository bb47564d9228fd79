import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {openSearch} from '../../source/search/open-search.js';
import type {Search} from '../../source/store/search.js';
import {askedTwice, meta, rolloutOf, threadId} from '../helpers/rollout.js';
import {Home, idOf, logName} from '../ingest/home.js';
import {ingestTexts} from '../ingest/search-content.js';
import {answersTo, answerTo, marked} from './ask.js';

const searchIn = (t: TestContext, database: string): Search => {
	const search = openSearch({database});
	t.after(() => search.close());
	return search;
};

test('a thread of its own answers as the same thread would, and the last question only', async t => {
	const home = new Home(t);
	home.write(logName(threadId), rolloutOf([meta(), ...askedTwice('Where is the moonfish?', 10)]));
	await ingestTexts(home);
	const search = searchIn(t, home.database);
	const dropped: unknown[] = [];
	answersTo(search, 'moonfish').then(
		answers => dropped.push(answers),
		error => dropped.push(error),
	);
	const answer = await answerTo(search, 'moonf');
	assert.deepEqual(answer.hits.map(marked), [['moonf']]);
	assert.deepEqual(dropped, []);
	assert.deepEqual(await search.values('repo', 'tid'), ['~/tides'], 'redacted as everything else');
	for (const folder of ['~/tides', '/home/mira/tides']) {
		assert.equal((await answerTo(search, `moonfish repo:${folder}`)).total, 1, folder);
	}
	search.cancel();
	assert.equal((await answerTo(search, 'where')).total, 1, 'after a question was dropped');
});

test('a thread that was closed is started again by the next question', async t => {
	const home = new Home(t);
	home.write(logName(threadId), rolloutOf([meta(), ...askedTwice('Where is the moonfish?', 10)]));
	await ingestTexts(home);
	const search = searchIn(t, home.database);
	assert.equal((await answerTo(search, 'moonfish')).total, 1);
	await search.close();
	assert.equal((await answerTo(search, 'moonfish')).total, 1);
});

test('what cannot be opened is told in a sentence', async t => {
	const home = new Home(t);
	home.write('index.db', 'no database at all, and more of it than a header has'.repeat(10));
	const search = searchIn(t, home.path('index.db'));
	await assert.rejects(answerTo(search, 'moonfish'), /is not a database/);
});

test('questions are answered while logs are read, and in the end everything is found', async t => {
	const home = new Home(t);
	const search = searchIn(t, home.database);
	assert.equal((await answerTo(search, 'moonfish')).total, 0, 'before anything was read');
	const totals: number[] = [];
	for (let number = 1; number <= 12; number++) {
		const prompts = Array.from({length: 20}, (_, index) => askedTwice(`Where is moonfish ${number}.${index}?`, index));
		home.write(logName(idOf(number)), rolloutOf([meta({id: idOf(number)}), ...prompts.flat()]));
		const [{total, hits}] = await Promise.all([answerTo(search, 'moonfish'), ingestTexts(home)]);
		assert.ok(hits.every(hit => marked(hit).length > 0));
		totals.push(total);
	}

	assert.deepEqual(
		totals.toSorted((a, b) => a - b),
		totals,
		'more is found as more is read',
	);
	assert.equal((await answerTo(search, 'moonfish')).total, 240);
});
