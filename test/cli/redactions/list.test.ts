import assert from 'node:assert/strict';
import fs from 'node:fs';
import {test} from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import {emptyPlace, noServices} from './run-redactions.js';

const schema = JSON.parse(fs.readFileSync(new URL('../../../docs/json.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv.default({strict: true, allowUnionTypes: true, allErrors: true});
const validate = ajv.compile(schema);

type Rule = {id: string; class: string; file: string | null; enabled: boolean};

test('list names every rule, its class, where it is from and whether it is on', async t => {
	const {run, write} = emptyPlace(t, noServices);
	const yaml = write(
		'redactions.yml',
		'- {id: tide, type: word, pattern: Tide, reason: A project}\n- {id: ebb, type: word, pattern: Ebb, enabled: false}\n',
	);
	const toml = write(
		'.gitleaks.toml',
		`[extend]\nuseDefault = true\ndisabledRules = ["github-pat"]\n[[rules]]\nid = "berth"\ndescription = "Berths"\nregex = '''berth-\\d{4}'''\n`,
	);
	const {exitCode, stdout} = await run(['list', '--json']);
	assert.equal(exitCode, 0);
	const json = JSON.parse(stdout) as {rules: Rule[]};
	assert.equal(validate(json), true, ajv.errorsText(validate.errors));
	const rule = (id: string): Rule | undefined => json.rules.find(one => one.id === id);
	assert.deepEqual(
		json.rules.slice(0, 3).map(({id, class: kind, file, enabled}) => [id, kind, file, enabled]),
		[
			['tide', 'custom', yaml, true],
			['ebb', 'custom', yaml, false],
			['berth', 'secret', toml, true],
		],
	);
	assert.deepEqual(
		['github-pat', 'anthropic-key', 'email', 'hostname', 'marker'].map(id => [rule(id)?.class, rule(id)?.enabled]),
		[
			['secret', false],
			['secret', true],
			['pii.email', true],
			['pii.host', false],
			['custom', true],
		],
	);
	assert.equal(new Set(json.rules.map(({id, class: kind}) => `${id} ${kind}`)).size, json.rules.length);
	const secrets = JSON.parse((await run(['list', '--json', '--secrets-only'])).stdout) as {rules: Rule[]};
	assert.deepEqual(
		secrets.rules.filter(({class: kind, enabled}) => enabled && kind.startsWith('pii.')),
		[],
	);
	const table = (await run(['list'])).stdout;
	assert.match(
		table,
		/^ {2}Rule +Class +On +From +What it finds\n {2}tide +custom +on +.*redactions\.yml +A project\n/,
	);
	assert.match(table, /^ {2}github-pat +secret +off +built-in /m);
});

for (const [args, sentence] of [
	[
		[],
		/^What about redactions\? Write codex-tui redactions filter, scan, test, add, remove, confirm, undo, audit or list;/,
	],
	[['scam'], /^"scam" is nothing that redactions knows\. Did you mean "scan"\?$/],
	[['filter', 'x'], /^"x" is one argument too many\. See codex-tui redactions filter --help\.$/],
	[['filter', '--rules'], /^The flag --rules needs a value\. Write --rules FILE\.$/],
] as const) {
	test(`wrong use is a sentence: redactions ${args.join(' ')}`, async t => {
		const {exitCode, stdout, stderr} = await emptyPlace(t, noServices).run(args);
		assert.deepEqual([exitCode, stdout], [2, '']);
		assert.match(stderr.trimEnd(), sentence);
	});
}

test('help tells of all actions, and of each', async t => {
	const {run} = emptyPlace(t, noServices);
	const all = await run(['--help']);
	assert.equal(all.exitCode, 0);
	assert.match(
		all.stdout,
		/codex-tui redactions filter .*\n.*redactions scan .*\n.*redactions test .*\n.*redactions add .*\n(?:.*\n){4}.*redactions list/,
	);
	assert.match((await run(['scan', '--help'])).stdout, /Exit code 3 when anything is found/);
});
