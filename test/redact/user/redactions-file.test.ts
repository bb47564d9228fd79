import assert from 'node:assert/strict';
import {test} from 'node:test';
import {UserError} from '../../../source/model/problem.js';
import {assembleRedactor} from '../../../source/redact/assemble.js';
import {Numbering} from '../../../source/redact/placeholder.js';
import {readRedactionsFile} from '../../../source/redact/user/redactions-file.js';

const redactorOf = (yaml: string): ReturnType<typeof assembleRedactor> =>
	assembleRedactor({classes: [], redactions: readRedactionsFile(yaml, 'redactions.yml')});

const redacted = (yaml: string, text: string, place = {}): string =>
	redactorOf(yaml).redact(text, new Numbering(), {place});

test('a literal, a word and a pattern, with replacements of their own or placeholders', () => {
	const yaml = `
rules:
  - id: project
    type: word
    pattern: Aurora
    replacement: PROJECT
  - id: ticket
    type: regex
    pattern: 'AUR-\\d+'
  - id: host
    type: literal
    pattern: db.aurora.lan
    ignore_case: true
`;
	assert.equal(
		redacted(yaml, 'Aurora: see AUR-12 and AUR-13, AUR-12 on DB.aurora.lan'),
		'PROJECT: see [REDACTED:ticket#1] and [REDACTED:ticket#2], [REDACTED:ticket#1] on [REDACTED:host#1]',
	);
	assert.equal(redacted(yaml, 'Auroras'), 'Auroras');
});

test('JSON is read as well, as a list too', () => {
	assert.equal(redacted('[{"id": "x", "type": "literal", "pattern": "hush"}]', 'hush now'), '[REDACTED:x#1] now');
	assert.deepEqual(readRedactionsFile('', 'redactions.yml'), {rules: [], allow: []});
});

test('the first rule of the file names what several find', () => {
	const yaml = '- {id: first, pattern: "abc.ef"}\n- {id: second, pattern: "abcdef"}';
	assert.equal(redacted(yaml, 'abcdef'), '[REDACTED:first#1]');
	assert.equal(
		redacted('- {id: mine, pattern: "ada@lovelace.dev", type: literal}', 'ada@lovelace.dev'),
		'[REDACTED:mine#1]',
	);
});

test('rules hold where their scope says', () => {
	const yaml =
		'- {id: a, type: literal, pattern: alpha, scope: prompt}\n- {id: b, type: literal, pattern: beta, scope: field, fields: [cwd, "git.*"]}\n- {id: c, type: literal, pattern: gamma, enabled: false}';
	assert.equal(redacted(yaml, 'alpha beta gamma'), 'alpha beta gamma');
	assert.equal(redacted(yaml, 'alpha beta gamma', {isPrompt: true}), '[REDACTED:a#1] beta gamma');
	assert.equal(redacted(yaml, 'alpha beta gamma', {field: 'git.url'}), 'alpha [REDACTED:b#1] gamma');
});

test('dots reach over lines only when told', () => {
	assert.equal(redacted('- {id: a, pattern: "x.+y"}', 'x\ny'), 'x\ny');
	assert.equal(redacted('- {id: a, pattern: "x.+y", dotall: true}', 'x\ny'), '[REDACTED:a#1]');
});

test('what is allowed is left, by its rule or by all', () => {
	assert.equal(
		redacted('- id: a\n  pattern: "T-\\\\d+"\n  allow:\n    - {literal: T-1, reason: public}', 'T-1 T-2'),
		'T-1 [REDACTED:a#1]',
	);
	const yaml = 'allow:\n  - {pattern: "ada@.*", reason: she is the author}\n';
	assert.deepEqual(
		assembleRedactor({redactions: readRedactionsFile(yaml, 'redactions.yml')}).scan('ada@lovelace.dev'),
		[],
	);
});

test('built-in rules and classes are switched off and on', () => {
	const text = 'mail kim@tideworks.dev from 203.0.113.77 on db7.tideworks.internal';
	const found = (yaml: string): string[] =>
		assembleRedactor({redactions: readRedactionsFile(yaml, 'redactions.yml')})
			.scan(text)
			.map(({ruleId}) => ruleId);
	assert.deepEqual(found('off: []'), found(''));
	assert.ok(found('').includes('email'));
	assert.ok(!found('off: email').includes('email'));
	assert.deepEqual(found('off: [pii.email, pii.ip]'), []);
	assert.ok(!found('').includes('hostname') && found('on: [pii.host]').includes('hostname'));
	assert.deepEqual(found('on: [hostname]'), found('on: [pii.host]'));
});

test('[redact …] in a text is redacted without any file', () => {
	const redactor = assembleRedactor();
	assert.equal(redactor.redact('say [redact my boss is Bob] twice', new Numbering()), 'say [REDACTED:marker#1] twice');
	assert.equal(redactor.redact('a [redact]two\nlines[/redact] b', new Numbering()), 'a [REDACTED:marker#1] b');
	assert.equal(redacted('- {id: mark, type: marker, pattern: secret}', 'a [secret x y] b'), 'a [REDACTED:mark#1] b');
});

const refused: [string, string, RegExp][] = [
	['what is not YAML', 'rules:\n  - id: "a', /^Line \d of redactions\.yml is not valid YAML/],
	[
		'another type',
		'- id: a\n  type: glob\n  pattern: x',
		/^Line 2 of redactions\.yml: type is "glob"\. It must be regex, literal, word or marker\.$/,
	],
	['another field', '- id: a\n  pattern: x\n  colour: red', /^Line 3 of redactions\.yml: colour is not a field/],
	['another part', 'rulez: []', /^Line 1 of redactions\.yml: rulez is not known/],
	['no id', '- pattern: x', /^Line 1 .*no id/],
	['no pattern', '- id: a', /has no pattern/],
	[
		'one id twice',
		'- {id: a, pattern: x}\n\n- {id: a, pattern: y}',
		/^Line 3 of redactions\.yml: the id "a" is that of line 1 as well/,
	],
	['one pattern twice', '- {id: a, pattern: x}\n- {id: b, pattern: x}', /^Line 2 .*has the pattern of "a" \(line 1\)/],
	[
		'a pattern that is none',
		'- id: a\n  pattern: "(x"',
		/^Line 2 of redactions\.yml: the pattern of rule "a" cannot be read/,
	],
	['a pattern that finds nothing at all', '- {id: a, pattern: "x*"}', /found in an empty text/],
	['a pattern that takes too long', '- id: slow\n  pattern: "(\\\\w+\\\\s?)*!"', /^Line 2 .*takes too long/],
	[
		'a replacement that the pattern finds',
		'- id: a\n  pattern: "x+"\n  replacement: xxx',
		/^Line 3 .*found by its own pattern/,
	],
	['a flag that is none', '- id: a\n  pattern: x\n  enabled: maybe', /^Line 3 .*enabled must be true or false/],
	['a field scope without fields', '- {id: a, pattern: x, scope: field}', /names none/],
	[
		'a switch for what is not there',
		'off: [emial]',
		/^Line 1 of redactions\.yml: there is no rule or class "emial"\. Did you mean "email"\?$/,
	],
	['secrets switched off as a whole', 'rules: []\noff: [secret]', /^Line 2 .*cannot be switched off/],
	['one thing on and off', 'off: [email]\non: [email]', /^Line 2 .*switched off and on/],
	['allowed without a reason', 'allow:\n  - {literal: x}', /^Line 2 .*needs a reason/],
];

for (const [what, yaml, message] of refused) {
	test(`refused: ${what}`, () => {
		assert.throws(
			() => readRedactionsFile(yaml, 'redactions.yml'),
			(error: unknown) => {
				assert.ok(error instanceof UserError);
				assert.match(error.message, message);
				return true;
			},
		);
	});
}
