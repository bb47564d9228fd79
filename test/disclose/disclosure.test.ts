import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {createDisclosure} from '../../source/disclose/disclosure.js';
import {assembleRedactor} from '../../source/redact/assemble.js';
import {readRedactionsFile} from '../../source/redact/user/redactions-file.js';
import {fromRecipe} from '../helpers/secret-samples.js';

const redactor = assembleRedactor();
const create = () => createDisclosure(redactor);
const secret = fromRecipe('<A28>', 5);

test('the same value is the same placeholder through every text, another is another', () => {
	const {text} = create();
	const [one, other] = [fromRecipe('ghp_<A36>', 1), fromRecipe('ghp_<A36>', 2)];
	assert.equal(text(`a ${one}`, {}), 'a [REDACTED:github-pat#1]');
	assert.equal(text(`b ${other}`, {field: 'output'}), 'b [REDACTED:github-pat#2]');
	assert.equal(text(`c ${one} ${other}`, {thread: 't'}), 'c [REDACTED:github-pat#1] [REDACTED:github-pat#2]');
	const long = `${'calm words '.repeat(80)}${other}`;
	assert.ok(text(long, {}).endsWith('[REDACTED:github-pat#2]'));
});

test('a text is shown otherwise once a value in it is known, however often it was shown before', () => {
	const {text, learn, knownValues} = create();
	const bare = `try ${secret} now`;
	assert.equal(text(bare, {}), bare);
	assert.equal(text(bare, {}), bare);
	assert.equal(learn(`CLIENT_SECRET=${secret}`, {}), 1);
	assert.equal(knownValues(), 1);
	assert.match(text(bare, {}), /^try \[REDACTED:[a-z-]+#1\] now$/);
	assert.equal(learn(`CLIENT_SECRET=${secret}`, {}), 1, 'known values are found, not learned again');
	assert.equal(knownValues(), 1);
});

test('what was shown teaches too, and placeholders stay as numbers do', () => {
	const {text, scan} = create();
	const first = text(`password: ${secret}`, {});
	assert.match(first, /^password: \[REDACTED:password#1\]$/);
	assert.equal(text(`and ${secret}`, {}), 'and [REDACTED:password#1]');
	assert.equal(text(first, {}), first);
	assert.equal(scan(`a report with ${Buffer.from(secret).toString('base64')}`).length, 1);
	assert.deepEqual(scan(first), []);
});

test('a rule that holds in one field only holds there, though the text is the same', () => {
	const rules = readRedactionsFile(
		'- {id: harbour, type: literal, pattern: Brest, scope: field, fields: [output]}\n',
		'redactions.yml',
	);
	const {text} = createDisclosure(assembleRedactor({redactions: rules}));
	assert.equal(text('to Brest', {field: 'command'}), 'to Brest');
	assert.equal(text('to Brest', {field: 'output'}), 'to [REDACTED:harbour#1]');
	assert.equal(text('to Brest', {field: 'command'}), 'to Brest');
});

test('with other decisions values are learned anew and numbers kept', () => {
	const disclosure = create();
	const bare = `try ${secret} now`;
	disclosure.learn(`CLIENT_SECRET=${secret}`, {});
	const before = disclosure.text(bare, {});
	disclosure.learnAnew();
	assert.equal(disclosure.knownValues(), 0);
	assert.equal(disclosure.text(bare, {}), bare, 'nothing is known until it is learned again');
	disclosure.learn(`CLIENT_SECRET=${secret}`, {});
	assert.equal(disclosure.text(bare, {}), before);
});

test('the order in which texts come changes numbers, never what is hidden', () => {
	const texts = [
		`CLIENT_SECRET=${secret}`,
		`try ${secret} now`,
		`and ${fromRecipe('glpat-<A20>', 3)}`,
		'nothing to hide',
		`${fromRecipe('ghp_<A36>', 4)} beside ${secret}`,
	];
	const withoutNumbers = (text: string): string => text.replaceAll(/#\d+/g, '#');
	const known = create();
	for (const text of texts) {
		known.learn(text, {});
	}

	const expected = texts.map(text => withoutNumbers(known.text(text, {})));
	fc.assert(
		fc.property(fc.shuffledSubarray(texts, {minLength: texts.length}), order => {
			const {learn, text} = create();
			for (const one of order) {
				learn(one, {});
			}

			assert.deepEqual(
				texts.map(one => withoutNumbers(text(one, {}))),
				expected,
			);
		}),
		{numRuns: 30},
	);
});
