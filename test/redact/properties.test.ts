import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {assembleRedactor} from '../../source/redact/assemble.js';
import {Numbering} from '../../source/redact/placeholder.js';
import {tokenRules} from '../../source/redact/rules/built-in.js';
import {fromRecipe} from '../helpers/secret-samples.js';

const redactor = assembleRedactor();
const redact = (text: string): string => redactor.redact(text, new Numbering());

const recipes = tokenRules.flatMap(rule => (rule.lead === undefined ? [] : (rule.catch ?? [])));
const token = fc.tuple(fc.constantFrom(...recipes), fc.nat(1e6)).map(([recipe, seed]) => fromRecipe(recipe, seed));
const assignment = fc
	.tuple(
		fc.constantFrom(
			'DB_PASSWORD=',
			'password: ',
			'"apiKey": "',
			'Authorization: Bearer ',
			'--token ',
			'the password is ',
			'https://ada:',
			'\u001b[31mSECRET\u001b[0m=',
		),
		fc.nat(1e6),
	)
	.map(
		([name, seed]) =>
			`${name}${fromRecipe('<p18>', seed)}${name.endsWith('"') ? '"' : name.startsWith('https') ? '@host.dev/x' : ''}`,
	);
const personal = fc.constantFrom(
	'ada@lovelace.dev',
	'/home/grace.hopper/x',
	'+442079460123',
	'DE75512108001245126199',
	'93.184.216.34',
	'dob: 1990-02-28',
);
const noise = fc.oneof(
	fc.string({unit: 'grapheme', maxLength: 30}),
	fc.string({
		unit: fc.constantFrom(
			'\n',
			' ',
			'"',
			'\\',
			'\u001b[1m',
			'%3A',
			'&amp;',
			'=',
			':',
			'key',
			'token',
			'[REDACTED:',
			'#1]',
			'é',
			'😀',
			'eyJ',
			'-----BEGIN PRIVATE KEY-----',
		),
		maxLength: 12,
	}),
	fc.lorem({maxCount: 4}),
);
const text = fc
	.array(fc.oneof({weight: 3, arbitrary: noise}, token, assignment, personal), {maxLength: 8})
	.map(parts => parts.join(' '));

const runs = {numRuns: 400};

test('redacting twice is redacting once, and our own output is clean', () => {
	fc.assert(
		fc.property(text, one => {
			const out = redact(one);
			assert.deepEqual(redactor.scan(out), [], JSON.stringify(out));
			assert.equal(redact(out), out);
		}),
		runs,
	);
});

test('findings are ascending, apart, inside the text, and the rest of the text stays as it was', () => {
	fc.assert(
		fc.property(text, one => {
			let end = 0;
			for (const finding of redactor.scan(one)) {
				assert.ok(
					finding.start >= end && finding.end > finding.start && finding.end <= one.length,
					JSON.stringify(finding),
				);
				end = finding.end;
			}
		}),
		runs,
	);
});

test('equal texts give equal results', () => {
	fc.assert(
		fc.property(text, one => {
			assert.deepEqual(redactor.scan(one), redactor.scan(one));
			assert.equal(redact(one), redact(one));
		}),
		runs,
	);
});

test('JSON stays JSON when its texts are redacted', () => {
	fc.assert(
		fc.property(fc.dictionary(fc.string({maxLength: 8}), text), record => {
			const numbering = new Numbering();
			const leaves = Object.entries(record).map(([name, value]) => [name, redactor.redact(value, numbering)]);
			assert.deepEqual(JSON.parse(JSON.stringify(leaves)), leaves);
		}),
		{numRuns: 100},
	);
});

test('a token is found wherever it lies in a long text, as it is found alone', () => {
	const filler = 'step compiled module without remarks\n';
	fc.assert(
		fc.property(token, fc.nat(4000), (value, lines) => {
			const alone = redactor
				.scan(`\n${value}\n`)
				.map(({start, end, ruleId}) => ({start: start - 1, end: end - 1, ruleId}));
			const before = filler.repeat(lines);
			const inside = redactor.scan(`${before}${value}\n${filler.repeat(20)}`).map(({start, end, ruleId}) => ({
				start: start - before.length,
				end: end - before.length,
				ruleId,
			}));
			assert.deepEqual(inside, alone);
		}),
		{numRuns: 120},
	);
});

test('lines redacted one by one are the text redacted whole, where no value runs over a line end', () => {
	const line = fc.oneof(token, fc.lorem({maxCount: 5}), personal);
	fc.assert(
		fc.property(fc.array(line, {maxLength: 6}), lines => {
			const [whole, single] = [new Numbering(), new Numbering()];
			const spaced = lines.map(one => `- ${one} .`);
			assert.equal(
				spaced.map(one => redactor.redact(one, single)).join('\n'),
				redactor.redact(spaced.join('\n'), whole),
			);
		}),
		{numRuns: 150},
	);
});
