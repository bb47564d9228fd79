import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {type RuleFolders, readRedactionRules, readRuleFile} from '../../source/config/read-redaction-rules.js';
import {UserError} from '../../source/model/problem.js';
import {assembleRedactor} from '../../source/redact/assemble.js';
import {Numbering} from '../../source/redact/placeholder.js';

const foldersWith = (t: TestContext, files: Record<string, string> = {}): RuleFolders & {checkoutUser: string} => {
	const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-')));
	t.after(() => fs.rmSync(root, {recursive: true, force: true}));
	for (const name of ['home', 'config', 'user', 'current']) {
		fs.mkdirSync(path.join(root, name));
	}

	for (const [name, text] of Object.entries(files)) {
		fs.writeFileSync(path.join(root, name), text);
	}

	const at = (name: string): string => path.join(root, name);
	return {home: at('home'), config: at('config'), checkoutUser: at('user'), current: at('current')};
};

const literal = (id: string, pattern = id): string => `- {id: ${id}, type: literal, pattern: ${pattern}}\n`;
const gitleaks = (id: string): string => `[[rules]]\nid = "${id}"\nregex = '''${id}-\\d{4}'''\n`;

const says = (message: RegExp) => (error: unknown) => {
	assert.ok(error instanceof UserError, String(error));
	assert.equal(error.exitCode, 2);
	assert.match(error.message, message);
	return true;
};

test('without files there are no rules', async t => {
	const {files, redactions, gitleaks} = await readRedactionRules([], foldersWith(t));
	assert.deepEqual([files, redactions.rules, gitleaks.rules, gitleaks.notUnderstood], [[], [], [], []]);
});

test('of each kind the first file counts: a checkout’s, then that of the config folder', async t => {
	const folders = foldersWith(t, {
		'user/redactions.yaml': literal('mine'),
		'config/redactions.yml': literal('other'),
		'config/.gitleaks.toml': gitleaks('leak'),
	});
	const rules = await readRedactionRules([], folders);
	assert.deepEqual(
		rules.files.map(({path: file}) => file),
		[path.join(folders.checkoutUser, 'redactions.yaml'), path.join(folders.config, '.gitleaks.toml')],
	);
	assert.deepEqual(
		[...rules.redactions.rules, ...rules.gitleaks.rules].map(({id}) => id),
		['mine', 'leak'],
	);
	const installed = await readRedactionRules([], {...folders, checkoutUser: null as unknown as string});
	assert.deepEqual(
		installed.redactions.rules.map(({id}) => id),
		['other'],
	);
});

test('named files come first, each once, and say by their ending what they are', async t => {
	const folders = foldersWith(t, {
		'user/redactions.yml': literal('own'),
		'current/a.json': '[{"id": "a", "type": "literal", "pattern": "alpha"}]',
		'current/b.toml': gitleaks('b'),
	});
	const rules = await readRedactionRules(['a.json', path.join(folders.current, 'a.json'), 'b.toml'], folders);
	assert.equal(rules.files.length, 3);
	assert.equal(
		assembleRedactor({...rules, classes: ['secret']}).redact('alpha own b-1234', new Numbering()),
		'[REDACTED:a#1] [REDACTED:own#1] [REDACTED:b#1]',
	);
});

const mistakes: [what: string, files: Record<string, string>, named: string[], sentence: RegExp][] = [
	['no YAML', {'user/redactions.yml': 'rules: [\n'}, [], /^Line \d of .*redactions\.yml is not valid YAML/],
	[
		'a bad pattern',
		{'user/redactions.yml': `${literal('a')}- {id: b, pattern: "(x"}`},
		[],
		/^Line 2 of .*redactions\.yml: .*"b"/,
	],
	['no TOML', {'config/.gitleaks.toml': '\n[[rules\n'}, [], /^Line 2 of .*\.gitleaks\.toml is not valid TOML/],
	[
		'a bad gitleaks pattern',
		{'config/.gitleaks.toml': "[[rules]]\nid = 'a'\nregex = '(x'"},
		[],
		/^Line 2 of .*\.gitleaks\.toml: /,
	],
	[
		'a gitleaks rule without an id',
		{'config/.gitleaks.toml': `${gitleaks('a')}\n[[rules]]\nregex = 'x'`},
		[],
		/^Line 5 of .*\.gitleaks\.toml: .* no id/,
	],
	[
		'two of a kind',
		{'user/redactions.yml': '', 'user/redactions.json': '[]'},
		[],
		/^There are both .*\.yml and .*\.json\. Keep one/,
	],
	[
		'one id in two files',
		{'user/redactions.yml': literal('a'), 'config/.gitleaks.toml': gitleaks('a')},
		[],
		/^Rule "a" is in .*\.yml and in .*\.toml\./,
	],
	['a missing file', {}, ['none.yml'], /^There is no file of rules at .*none\.yml\./],
	['another ending', {'current/rules.txt': ''}, ['rules.txt'], /rules\.txt does not end like a file of rules/],
];

for (const [what, files, named, sentence] of mistakes) {
	test(`refused with a sentence: ${what}`, async t => {
		await assert.rejects(readRedactionRules(named, foldersWith(t, files)), says(sentence));
	});
}

test('what is there and cannot be read is refused, not passed over', async t => {
	const folders = foldersWith(t);
	fs.mkdirSync(path.join(folders.config, 'redactions.yml'));
	await assert.rejects(readRedactionRules([], folders), says(/redactions\.yml cannot be read \(EISDIR\)\./));
});

test('what a gitleaks file says that is not followed is told by the name of its rule', async t => {
	const folders = foldersWith(t, {
		'config/.gitleaks.toml': `${gitleaks('a')}path = '''\\.env$'''\n[[rules]]\nid = "files"\npath = "x"\n`,
	});
	const {gitleaks: read} = await readRedactionRules([], folders);
	assert.ok(read.notUnderstood.some(clause => /\.gitleaks\.toml: rule "a": path is not followed/.test(clause)));
	assert.ok(read.notUnderstood.some(clause => /rule "files": it has no regex/.test(clause)));
});

test('the example is read, and does what its comments say', async () => {
	const file = await readRuleFile(fileURLToPath(new URL('../../user/redactions.example.yml', import.meta.url)));
	assert.ok('redactions' in file);
	const redactor = assembleRedactor({redactions: file.redactions});
	const text = 'aurora, Auroras, AUR-1, AUR-22, build-7.internal, BEGIN DRAFT x END DRAFT';
	assert.equal(
		redactor.redact(text, new Numbering(), {place: {field: 'output'}}),
		'PROJECT, Auroras, AUR-1, [REDACTED:ticket#1], [REDACTED:build-host#1], BEGIN DRAFT x END DRAFT',
	);
});
