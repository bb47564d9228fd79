import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readPrices} from '../../source/config/read-prices.js';
import {codex} from '../../source/formats/codex/index.js';
import {learnFrom} from '../../source/search/session-facts.js';
import {openStore} from '../../source/store/sqlite/open.js';
import {
	answeredTwice,
	askedTwice,
	meta,
	rolloutOf,
	threadId,
	tokenCount,
	turnContext,
	usage,
} from '../helpers/rollout.js';
import {lookThrough, secretive, usualRules} from '../ingest/findings.js';
import {Home, idOf, logName} from '../ingest/home.js';
import {ingestTexts} from '../ingest/search-content.js';
import {answerTo, searchOf} from './ask.js';

const costly = rolloutOf([
	meta(),
	turnContext({model: 'gpt-5'}, 1),
	...askedTwice('Count the gulls', 2),
	...answeredTwice('Seven gulls.', 3),
	tokenCount(usage(4_000_000, 0, 100_000), usage(4_000_000, 0, 100_000), 4),
]);
const cheap = rolloutOf([meta({id: idOf(8)}), ...askedTwice('Paint the gulls', 2), ...answeredTwice('Done.', 3)]);

test('tags and notes are found as they are now, and costs are those of the price table', async t => {
	const home = new Home(t);
	home.write(logName(threadId), costly);
	home.write(logName(idOf(8), '2026-02-05'), cheap);
	await ingestTexts(home);
	const store = await openStore(home.database, codex);
	t.after(async () => store.close());
	const search = searchOf(t, home.database, {
		learn: learnFrom(store, readPrices, () => store.findings.counts(usualRules)),
	});
	const threads = async (typed: string): Promise<string[]> => {
		const {hits, sessions} = await answerTo(search, typed);
		const found = await Promise.all(hits.map(async hit => store.session(hit.sessionId)));
		return [...new Set([...sessions.map(({session}) => session), ...found].map(session => session?.threadId ?? ''))];
	};

	assert.deepEqual(await threads('tag:harbour gulls'), []);
	await store.annotations.tag([threadId], {add: ['harbour'], remove: []});
	await store.annotations.noteSession(idOf(8), 'ask the lighthouse keeper');
	// A look at what people added serves for a second.
	await new Promise(resolve => setTimeout(resolve, 1100));
	assert.deepEqual(await threads('tag:harbour gulls'), [threadId]);
	assert.deepEqual(await threads('tag:harb* gulls'), [threadId]);
	assert.deepEqual(await threads('harbour'), [threadId], 'a tag is found by its words');
	assert.deepEqual(await threads('keeper'), [idOf(8)], 'and a note');
	assert.deepEqual(await search.values('tag', 'h'), ['harbour']);
	const [session] = (await store.listSessions({limit: 9})).filter(({threadId: id}) => id === threadId);
	const [prompt] = await store.listPrompts(session?.id ?? 0);
	await store.annotations.notePrompt(prompt?.id ?? 0, 'recount them at dusk');
	await new Promise(resolve => setTimeout(resolve, 1100));
	assert.deepEqual(await threads('dusk'), [threadId], 'and a note of a prompt');

	assert.deepEqual(await threads('cost:>1 gulls'), [threadId]);
	assert.deepEqual(await threads('cost:>1000 gulls'), []);
});

test('sessions are found by how many values are hidden in them, once they were looked through', async t => {
	const home = new Home(t);
	home.write(logName(threadId), secretive());
	home.write(logName(idOf(8), '2026-02-05'), cheap);
	await ingestTexts(home);
	const store = await home.store();
	const search = searchOf(t, home.database, {
		learn: learnFrom(store, readPrices, () => store.findings.counts(usualRules)),
	});
	const threads = async (typed: string): Promise<string[]> =>
		(await answerTo(search, typed)).sessions.map(({session}) => session.threadId);
	assert.deepEqual(await threads('redacted:yes'), []);
	assert.deepEqual(await threads('redacted:no'), []);
	await lookThrough(home);
	assert.deepEqual(await threads('redacted:yes'), [threadId]);
	assert.deepEqual(await threads('redacted:no'), [idOf(8)]);
	assert.deepEqual(await threads('redacted:>3'), [threadId]);
	assert.deepEqual(await threads('redacted:>4'), []);
});
