import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {createDisclosure} from '../../source/disclose/disclosure.js';
import {hidingBy} from '../../source/disclose/hiding.js';
import {assembleRedactor} from '../../source/redact/assemble.js';
import {notLookedThrough} from '../../source/store/search.js';
import {functionCall, functionOutput, item, legacyTurn, meta, rolloutOf, threadId} from '../helpers/rollout.js';
import {fromRecipe} from '../helpers/secret-samples.js';
import {lookThrough} from '../ingest/findings.js';
import {Home, idOf, logName, retold} from '../ingest/home.js';
import {ingestTexts} from '../ingest/search-content.js';
import {answerTo, searchOf} from './ask.js';

const password = fromRecipe('<p16>', 3);
const later = fromRecipe('<p16>', 11);

/** A value is said before anything tells that it is a password. */
const talk = (filling = 0): Buffer =>
	rolloutOf([
		meta(),
		...legacyTurn(`Is it moonfish ${password} or ${later}?`, 'It is.', 1, 1000),
		...Array.from({length: filling}, (_, at) =>
			legacyTurn('And the tide?', 'The tide is low. '.repeat(3000), 10 + at * 10, 2000 + at * 100),
		).flat(),
		...naming(password, 1),
	]);

const naming = (value: string, number: number): string[] => [
	item(functionCall('exec_command', {cmd: 'cat .env'}, `call-${number}`), 90_000 + number),
	item(functionOutput(`call-${number}`, `DB_PASSWORD=${value}\n`), 90_001 + number),
];

const searchIn = async (t: TestContext, home: Home) => {
	const hiding = hidingBy(await home.store(), createDisclosure(assembleRedactor()));
	const search = searchOf(t, home.database, {hiding});
	return async (typed = 'moonfish'): Promise<string[]> =>
		(await answerTo(search, `${typed} kind:prompt`)).hits.map(({snippet}) => snippet.text);
};

test('a snippet hides what another text of its session gives away', async t => {
	const home = new Home(t);
	home.write(logName(threadId), talk());
	await ingestTexts(home);
	const small = await searchIn(t, home);
	const expected = [`Is it moonfish [REDACTED:password#1] or ${later}?`];
	assert.deepEqual(await small(), expected, 'looked through now, as it is small');
	await lookThrough(home);
	const found = await searchIn(t, home);
	assert.deepEqual(await found(), expected, 'by what was found before');
	assert.deepEqual(await found(), expected, 'once more');
});

test('a long session that was not looked through shows no text, until it was', async t => {
	const home = new Home(t);
	home.write(logName(threadId), talk(25));
	home.write(logName(idOf(2), '2026-02-05'), retold(talk(), idOf(2), '2026-02-05'));
	await ingestTexts(home);
	const ask = await searchIn(t, home);
	assert.deepEqual(await ask(), [`2: Is it moonfish [REDACTED:password#1] or ${later}?`, notLookedThrough]);
	assert.deepEqual(await ask('moonfish session:moonfish'), await ask());
	await lookThrough(home);
	assert.equal((await ask())[1], `Is it moonfish [REDACTED:password#1] or ${later}?`);

	// What is written since is little, and looked through for the snippet.
	home.append(logName(threadId), rolloutOf(naming(later, 2)));
	await ingestTexts(home);
	assert.equal((await ask())[1], 'Is it moonfish [REDACTED:password#1] or [REDACTED:password#2]?');
});

test('an output that came after its call was looked through is looked through for a snippet', async t => {
	const home = new Home(t);
	home.write(
		logName(threadId),
		rolloutOf([...talk(25).toString().trimEnd().split('\n'), ...naming(later, 2).slice(0, 1)]),
	);
	await ingestTexts(home);
	await lookThrough(home);
	const ask = await searchIn(t, home);
	assert.deepEqual(await ask(), [`Is it moonfish [REDACTED:password#1] or ${later}?`]);
	home.append(logName(threadId), rolloutOf(naming(later, 2).slice(1)));
	await ingestTexts(home);
	assert.deepEqual(await ask(), ['Is it moonfish [REDACTED:password#1] or [REDACTED:password#2]?']);
});

test('words that stand only in what is hidden are not found', async t => {
	const home = new Home(t);
	const value = `${fromRecipe('<A12>', 4)} quillfish`.replace(' ', '-');
	home.write(
		logName(threadId),
		rolloutOf([meta(), ...legacyTurn(`Try ${value} there`, 'No.', 1, 1000), ...naming(value, 1)]),
	);
	await ingestTexts(home);
	const ask = await searchIn(t, home);
	assert.deepEqual(await ask('quillfish'), []);
	assert.deepEqual(await ask('try'), ['Try [REDACTED:password#1] there']);
});

test('inside of words, texts are hidden likewise', async t => {
	const home = new Home(t);
	home.write(logName(threadId), talk());
	await ingestTexts(home);
	const hiding = hidingBy(await home.store(), createDisclosure(assembleRedactor()));
	const search = searchOf(t, home.database, {hiding});
	const {hits} = await answerTo(search, 'oonfis kind:prompt', {isInsideWords: true});
	assert.deepEqual(
		hits.map(({snippet}) => snippet.text),
		[`Is it moonfish [REDACTED:password#1] or ${later}?`],
	);
});
