import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {type Decision, decisionScopes} from '../../source/model/decision.js';
import {assembleRedactor} from '../../source/redact/assemble.js';
import {DecisionBook} from '../../source/redact/decisions.js';
import {Numbering} from '../../source/redact/placeholder.js';
import {SecretMemory} from '../../source/redact/secret-memory.js';
import {decisionOf, digests, placeDecision, thread} from '../helpers/decisions.js';
import {fromRecipe} from '../helpers/secret-samples.js';

/** What comes out of a redactor that follows these decisions. */
const redactorOf = (decisions: readonly Decision[], origins = new Map<string, string>()) => {
	const book = new DecisionBook();
	book.use(decisions, {digests, origins});
	const redactor = assembleRedactor({decisions: book});
	return {
		book,
		redactor,
		redact: (text: string, place: {thread?: string} = {thread}, memory?: SecretMemory): string =>
			redactor.redact(text, new Numbering(), {place, ...(memory === undefined ? {} : {memory})}),
	};
};

const secret = fromRecipe('ghp_<A36>', 7);
const other = '0196c0de-0000-7000-8000-000000000002';

test('a value that no rule knows is redacted in every text of its scope, and nowhere else', () => {
	const text = 'the lamp keeper is Ines Quay';
	const out = 'the lamp keeper is [REDACTED:manual#1]';
	const session = redactorOf([decisionOf('Ines Quay', {scope: 'session'})]);
	assert.equal(session.redact(text), out);
	assert.equal(session.redact(text, {thread: other}), text);
	assert.equal(session.redact(text, {}), text);
	const everywhere = redactorOf([decisionOf('Ines Quay')]);
	assert.equal(everywhere.redact(text, {thread: other}), out);
	assert.equal(everywhere.redact(text, {}), out);
	const replaced = redactorOf([decisionOf('Ines Quay', {replacement: 'the keeper'})]);
	assert.equal(replaced.redact('ask Ines Quay'), 'ask the keeper');
});

test('a decision about a session holds in its forks, and in their forks', () => {
	const [fork, forkOfFork] = ['fork', 'fork-of-fork'];
	const origins = new Map([
		[fork, thread],
		[forkOfFork, fork],
		['one', 'two'],
		['two', 'one'],
	]);
	const {redact} = redactorOf([decisionOf('Ines Quay', {scope: 'session'})], origins);
	for (const [at, isHidden] of [
		[fork, true],
		[forkOfFork, true],
		['one', false],
	] as const) {
		assert.equal(redact('Ines Quay', {thread: at}).includes('Ines'), !isHidden, at);
	}
});

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const value = fc.oneof(
	fc.stringMatching(/^[A-Z][a-z]{3,9} [A-Z][a-z]{3,9}$/),
	fc.stringMatching(/^[A-Z]{4}["\\\n\t/][A-Z]{4}$/),
	fc.stringMatching(/^\p{Lu}{4,6}😀?$/u),
);
const words = fc.array(word, {maxLength: 12}).map(list => list.join(' '));
const runs = {numRuns: 200};

/** Random letters may look like something to a rule. */
const rules = assembleRedactor();
const isPlain = (text: string): boolean => rules.scan(text).length === 0;

test('a value is in no output, however often JSON was put into JSON, and a second time changes nothing', () => {
	fc.assert(
		fc.property(value, words, words, fc.nat(3), (one, before, after, levels) => {
			const {redact} = redactorOf([decisionOf(one)]);
			let text = `${before} ${one} ${after} ${one}`;
			let written = one;
			for (let level = 0; level < levels; level++) {
				text = JSON.stringify({output: text});
				written = JSON.stringify(written).slice(1, -1);
			}

			const out = redact(text);
			assert.ok(text.includes(written));
			assert.ok(!out.includes(written) && !out.includes(one), out);
			assert.match(out, /\[REDACTED:manual#1\].*\[REDACTED:manual#1\]/s);
			assert.equal(redact(out), out);
		}),
		runs,
	);
});

test('a decision about a place holds for that occurrence alone, and is met there', () => {
	fc.assert(
		fc.property(fc.array(words, {minLength: 2, maxLength: 5}), fc.nat(9), value, (pieces, at, one) => {
			const text = pieces.join(one);
			const starts: number[] = [];
			for (let from = text.indexOf(one); from >= 0; from = text.indexOf(one, from + 1)) {
				starts.push(from);
			}

			const start = starts[at % starts.length] as number;
			const {redact, book} = redactorOf([placeDecision(text, start, one)]);
			assert.equal(book.unmet(thread).length, 1);
			const out = `${text.slice(0, start)}[REDACTED:manual#1]${text.slice(start + one.length)}`;
			fc.pre(isPlain(text) && isPlain(out));
			assert.equal(redact(text), out);
			assert.deepEqual(book.unmet(thread), []);
			assert.equal(redact(text, {thread: other}), text);
		}),
		runs,
	);
});

test('a place is found again in a text that became another one elsewhere', () => {
	const near = fc.stringMatching(/^[a-z]{40}$/);
	fc.assert(
		fc.property(near, near, value, words, words, (before, after, one, earlier, later) => {
			const text = `${before} ${one} ${after}`;
			const {redact, book} = redactorOf([placeDecision(text, text.indexOf(one), one)]);
			const elsewhere = `${later} ${one} ${earlier}`;
			const grown = `${elsewhere}\n${earlier}\n${before}\n${one}\t${after} ${later}`;
			fc.pre(isPlain(grown) && isPlain(text));
			assert.ok(redact(grown).endsWith(`${before}\n[REDACTED:manual#1]\t${after} ${later}`));
			assert.ok(redact(grown).startsWith(elsewhere));
			// The end of a title is cut.
			assert.equal(redact(`${before} ${one} ${after.slice(0, 5)}…`).includes(one), false);
			assert.deepEqual(book.unmet(thread), []);
		}),
		runs,
	);
});

test('a place that is gone is told as unmet', () => {
	const text = 'the lamp keeper is Ines Quay, as the log says';
	const {redact, book} = redactorOf([
		placeDecision(text, 19, 'Ines Quay', {id: 4}),
		placeDecision(text, 19, 'Ines Quay', {id: 5, action: 'allow'}),
		decisionOf('nowhere', {id: 6, scope: 'session'}),
	]);
	redact('somebody else is at the lamp');
	assert.deepEqual(
		book.unmet(thread).map(({id}) => id),
		[4, 5],
	);
	assert.deepEqual(book.unmet(other), []);
	redact(text);
	assert.deepEqual(book.unmet(thread), []);
});

test('what is allowed stays, in its scope only, also where the value was only remembered', () => {
	const text = `push with ${secret} now`;
	const hidden = 'push with [REDACTED:github-pat#1] now';
	const memory = new SecretMemory();
	const session = redactorOf([decisionOf(secret, {action: 'allow', scope: 'session'})]);
	assert.equal(session.redact(text, {thread: other}, memory), hidden);
	assert.equal(memory.size, 1);
	assert.equal(session.redact(text, {thread}, memory), text);
	const bare = `nothing says what ${secret.slice(4)} is`;
	const part = secret.slice(4);
	const known = new SecretMemory();
	known.remember({value: part, ruleId: 'password', class: 'secret'});
	assert.match(redactorOf([]).redact(bare, {thread}, known), /REDACTED:password#1/);
	assert.equal(redactorOf([decisionOf(part, {action: 'allow'})]).redact(bare, {thread}, known), bare);
	const everywhere = redactorOf([decisionOf(secret, {action: 'allow'})]);
	const untouched = new SecretMemory();
	assert.equal(everywhere.redact(text, {}, untouched), text);
	assert.equal(untouched.size, 0);
});

test('what is allowed at a place stays there while its neighbours are redacted', () => {
	fc.assert(
		fc.property(fc.nat(1e6), fc.boolean(), (seed, isFirst) => {
			const [mine, yours] = [fromRecipe('ghp_<A36>', seed), fromRecipe('glpat-<A20>', seed + 1)];
			const text = isFirst ? `${mine} ${yours} ${mine}` : `${yours} ${mine} ${yours} ${mine}`;
			const start = text.indexOf(mine);
			const {redact} = redactorOf([placeDecision(text, start, mine, {action: 'allow'})]);
			const out = redact(text);
			assert.equal(out.split(mine).length, 2, out);
			assert.ok(!out.includes(yours));
			assert.equal(out.indexOf(mine), isFirst ? 0 : '[REDACTED:gitlab-pat#1] '.length);
			assert.equal(redactorOf([]).redact(text).includes(mine), false);
		}),
		{numRuns: 60},
	);
});

test('of two decisions the narrower holds, of two alike the later one', () => {
	const text = 'ask Ines Quay about it';
	for (const [row, redactScope] of decisionScopes.entries()) {
		for (const [column, allowScope] of decisionScopes.entries()) {
			for (const isAllowedLater of [true, false]) {
				const both = [
					placeDecision(text, 4, 'Ines Quay', {id: 1, scope: redactScope, updatedAt: 5}),
					placeDecision(text, 4, 'Ines Quay', {
						id: 2,
						action: 'allow',
						scope: allowScope,
						updatedAt: isAllowedLater ? 6 : 4,
					}),
				];
				const isShown = column < row || (column === row && isAllowedLater);
				assert.equal(redactorOf(both).redact(text) === text, isShown, `${redactScope} ${allowScope}`);
			}
		}
	}
});

test('no allow list and no switch overrules a decision', () => {
	const book = new DecisionBook();
	book.use([decisionOf('Ines Quay')]);
	const redactor = assembleRedactor({
		decisions: book,
		classes: ['secret'],
		disabled: ['manual'],
		redactions: {rules: [], allow: [{pattern: /Ines/, reason: null}]} as never,
	});
	assert.equal(redactor.redact('ask Ines Quay', new Numbering()), 'ask [REDACTED:manual#1]');
});

test('a decision names what a rule finds as well, and its replacement gives nothing else away', () => {
	assert.equal(redactorOf([decisionOf(secret)]).redact(`token ${secret}`), 'token [REDACTED:manual#1]');
	const pair = redactorOf([
		decisionOf('Ines Quay', {id: 1, replacement: 'Tom Mole'}),
		decisionOf('Tom Mole', {id: 2, replacement: 'Ines Quay'}),
	]);
	assert.equal(pair.redact('Ines Quay met Tom Mole'), '[REDACTED:manual#1] met [REDACTED:manual#2]');
});

test('a book may be given other decisions at any time', () => {
	const {book, redact} = redactorOf([]);
	assert.equal(redact('ask Ines Quay'), 'ask Ines Quay');
	book.use([decisionOf('Ines Quay')]);
	assert.equal(redact('ask Ines Quay'), 'ask [REDACTED:manual#1]');
	book.use([]);
	assert.equal(redact('ask Ines Quay'), 'ask Ines Quay');
});
