import assert from 'node:assert/strict';
import {test} from 'node:test';
import {UserError} from '../../../source/model/problem.js';
import {assembleRedactor} from '../../../source/redact/assemble.js';
import {patternDetector} from '../../../source/redact/engine/pattern-rule.js';
import {createRedactor} from '../../../source/redact/redactor.js';
import {readGitleaksFile} from '../../../source/redact/user/gitleaks.js';

const found = (toml: string, text: string): string[] => {
	const redactor = createRedactor(readGitleaksFile(toml, 'rules.toml').rules.map(one => patternDetector(one)));
	return redactor.scan(text).map(({start, end, ruleId}) => `${ruleId}: ${text.slice(start, end)}`);
};

const rule = (more: string): string => `[[rules]]\nid = "acme-key"\ndescription = "Acme key"\n${more}\n`;

test('a rule finds by keyword and pattern, and redacts its group', () => {
	const toml = rule(`regex = '''(?i)acme_key\\s*=\\s*([a-z0-9]{8})\\b'''\nkeywords = ["acme_key"]\nsecretGroup = 1`);
	assert.deepEqual(found(toml, 'ACME_KEY = abcd1234 end'), ['acme-key: abcd1234']);
	assert.deepEqual(found(toml, 'other = abcd1234'), []);
});

test('without keywords the whole text is looked through', () => {
	assert.deepEqual(found(rule(`regex = '''ac-[0-9]{4}'''`), `${'x '.repeat(9000)}ac-1234`), ['acme-key: ac-1234']);
});

test('values of too little entropy are left', () => {
	const toml = rule(`regex = '''key=(\\w+)'''\nentropy = 3.0`);
	assert.deepEqual(found(toml, 'key=aaaabbbb'), []);
	assert.deepEqual(found(toml, 'key=q8Zr2LmX0v'), ['acme-key: q8Zr2LmX0v']);
});

test('allowlists: stopwords, the line, several conditions, the whole file and single rules', () => {
	const base = `regex = '''key=(\\w+)'''\n`;
	assert.deepEqual(found(rule(`${base}[[rules.allowlists]]\nstopwords = ["SAMPLE"]`), 'key=asample1 key=b2'), [
		'acme-key: b2',
	]);
	assert.deepEqual(
		found(rule(`${base}[[rules.allowlists]]\nregexTarget = "line"\nregexes = ['''^#''']`), '# key=a1\nkey=b2'),
		['acme-key: b2'],
	);
	const both = `${base}[[rules.allowlists]]\ncondition = "AND"\nregexes = ['''^a''']\nstopwords = ["1"]`;
	assert.deepEqual(found(rule(both), 'key=a1 key=a2 key=b1'), ['acme-key: a2', 'acme-key: b1']);
	assert.deepEqual(found(`${rule(base)}[[allowlists]]\nregexes = ['''a1''']`, 'key=a1 key=b2'), ['acme-key: b2']);
	assert.deepEqual(found(`${rule(base)}[[allowlists]]\ntargetRules = ["other"]\nregexes = ['''a1''']`, 'key=a1'), [
		'acme-key: a1',
	]);
	assert.deepEqual(found(rule(`${base}[rules.allowlist]\nregexes = ['''a1''']`), 'key=a1'), []);
});

test('disabledRules of [extend] switch built-in rules off', () => {
	const gitleaks = readGitleaksFile('[extend]\nuseDefault = true\ndisabledRules = ["email"]', 'rules.toml');
	assert.deepEqual(assembleRedactor({gitleaks}).scan('ada@lovelace.dev'), []);
});

test('what cannot be followed is told by name', () => {
	const {notUnderstood, rules} = readGitleaksFile(
		`[extend]\npath = "other.toml"\n${rule(`regex = '''a1'''\npath = '''\\.env$'''\nfilter = "x"\n[[rules.allowlists]]\npaths = ['''test/''']`)}[[rules]]\nid = "files"\npath = '''key$'''`,
		'rules.toml',
	);
	assert.deepEqual(
		rules.map(({id}) => id),
		['acme-key'],
	);
	assert.deepEqual(notUnderstood, [
		'[extend] names another file, which was not read',
		'rule "acme-key": filter is not understood',
		'rule "acme-key": path is not followed, since texts of a session have none',
		'rule "acme-key": paths of an allowlist are not followed',
		'rule "files": path is not followed, since texts of a session have none',
		'rule "files": it has no regex',
	]);
});

const refused: [string, string, RegExp][] = [
	['what is not TOML', '[[rules]\nid = ', /^Line 1 of rules\.toml is not valid TOML/],
	['a rule without an id', `[[rules]]\nregex = '''a'''`, /has no id/],
	['two rules of one id', rule(`regex = '''a1'''`) + rule(`regex = '''b1'''`), /two rules with the id "acme-key"/],
	['a pattern that is none', rule(`regex = '''(a'''`), /^Line 2 of rules\.toml: a pattern of acme-key cannot be read/],
	['notation that is not understood', rule(`regex = '''\\p{Greek}x'''`), /\\p is not understood/],
	['a pattern that takes too long', rule(`regex = '''(a+)+$x'''`), /^Line 2 of rules\.toml: .*takes too long/],
	[
		'an allowlist that takes too long',
		rule(`regex = '''a1'''\n[[rules.allowlists]]\nregexes = ['''(a|a)*$x''']`),
		/takes too long/,
	],
];

for (const [what, toml, message] of refused) {
	test(`refused: ${what}`, () => {
		assert.throws(
			() => readGitleaksFile(toml, 'rules.toml'),
			(error: unknown) => error instanceof UserError && message.test(error.message),
		);
	});
}
