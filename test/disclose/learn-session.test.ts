import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createDisclosure, type Disclosure} from '../../source/disclose/disclosure.js';
import {learnSession} from '../../source/disclose/learn-session.js';
import {textsOf} from '../../source/disclose/look-through.js';
import {assembleRedactor} from '../../source/redact/assemble.js';
import type {Store} from '../../source/store/store.js';
import {legacyTurn, sampleRollouts, threadId} from '../helpers/rollout.js';
import {lookThrough, password, secretive, usualRules} from '../ingest/findings.js';
import {all, Home, idOf, logName, retold} from '../ingest/home.js';

/** Everything of a session as it is shown once it was learned. */
const shownTexts = async (store: Store, id: number, rules: string): Promise<{texts: string[]; learned: number}> => {
	const plain = createDisclosure(assembleRedactor());
	let learned = 0;
	const disclosure: Disclosure = {
		...plain,
		rules: () => rules,
		learn(...text) {
			learned += text[0].length;
			return plain.learn(...text);
		},
	};
	await learnSession(store, disclosure, id);
	const session = await store.session(id);
	assert.ok(session);
	const texts = (await all(textsOf(store, session))).map(({text, field}) =>
		plain.text(text, {thread: session.threadId, field, isPrompt: field === 'prompt.text'}),
	);
	return {texts, learned};
};

test('what was found teaches as much as the whole session', async t => {
	const home = new Home(t);
	home.write(logName(threadId), secretive([...legacyTurn('And?', 'The tide is low. '.repeat(5000), 50, 3000)]));
	for (const [index, bytes] of Object.values(sampleRollouts()).entries()) {
		const id = idOf(index + 2);
		home.write(
			bytes.includes('"items"') ? logName(id, '2026-02-04').replace(/l$/, '') : logName(id, '2026-02-04'),
			retold(bytes, id, '2026-02-04'),
		);
	}

	await home.ingest();
	await lookThrough(home);
	const store = await home.store();
	const sessions = await store.listSessions({limit: 50});
	assert.ok(sessions.length > 3);
	for (const {id, threadId: thread} of sessions) {
		const whole = await shownTexts(store, id, 'no rules that looked through anything');
		const lessons = await shownTexts(store, id, usualRules);
		assert.deepEqual(lessons.texts, whole.texts);
		if (thread === threadId) {
			assert.ok(lessons.learned < whole.learned / 10, `${lessons.learned} of ${whole.learned} characters`);
			assert.ok(lessons.texts.join('\n').includes('refused: [REDACTED:'));
			assert.ok(!lessons.texts.join('\n').includes(password));
		}
	}
});
