import assert from 'node:assert/strict';
import fs from 'node:fs';
import {test} from 'node:test';
import {assembleRedactor} from '../../../source/redact/assemble.js';
import {Numbering} from '../../../source/redact/placeholder.js';
import {fromRecipe} from '../../helpers/secret-samples.js';
import {emptyPlace, noServices} from './run-redactions.js';

const pat = fromRecipe('ghp_<A36>');
const other = fromRecipe('ghp_<A36>', 2);
const mail = ['kim', 'tideworks.dev'].join('@');

test('text goes through with placeholders, without any database', async t => {
	const {root, run} = emptyPlace(t, noServices);
	const before = fs.readdirSync(root);
	assert.deepEqual(await run(['filter'], [`token ${pat}\nby ${mail}\r\n\n${other} ${pat}`]), {
		exitCode: 0,
		stdout: 'token [REDACTED:github-pat#1]\nby [REDACTED:email#1]\r\n\n[REDACTED:github-pat#2] [REDACTED:github-pat#1]',
		stderr: '',
	});
	assert.deepEqual(fs.readdirSync(root), before);
	assert.deepEqual(await run(['filter']), {exitCode: 0, stdout: '', stderr: ''});
});

test('--secrets-only leaves personal data', async t => {
	const {run} = emptyPlace(t, noServices);
	assert.equal((await run(['filter', '--secrets-only'], [`${pat} ${mail}`])).stdout, `[REDACTED:github-pat#1] ${mail}`);
});

test('rules of the config folder and of --rules hold, and what is not understood is said', async t => {
	const {run, write} = emptyPlace(t, noServices);
	write('redactions.yml', '- {id: tide, type: word, pattern: Springtide, replacement: PROJECT}\n');
	const toml = write('more.toml', `[[rules]]\nid = "berth"\nregex = '''berth-\\d{4}'''\npath = "x"\n`);
	const yaml = write('more.yml', '- {id: buoy, type: literal, pattern: red buoy}\n');
	const {exitCode, stdout, stderr} = await run(
		['filter', '--rules', toml, '--rules', yaml],
		['Springtide at berth-1234, red buoy'],
	);
	assert.deepEqual([exitCode, stdout], [0, 'PROJECT at [REDACTED:berth#1], [REDACTED:buoy#1]']);
	assert.match(stderr, /^.*more\.toml: rule "berth": path is not followed.*\.\n$/);
});

test('a rules file with a mistake stops everything before the first byte', async t => {
	const {run, write} = emptyPlace(t, noServices);
	write('redactions.yml', '- {id: a, pattern: "("}\n');
	const {exitCode, stdout, stderr} = await run(['filter'], [pat]);
	assert.deepEqual([exitCode, stdout], [2, '']);
	assert.match(stderr, /^Line 1 of .*redactions\.yml: /);
});

/** Lines that hold nothing, of so many characters together. */
const padding = (length: number): string => 'the tide table lists every harbour\n'.repeat(Math.ceil(length / 35));

const keyBlock = [
	`-----BEGIN ${'RSA PRIVATE'} KEY-----`,
	...Array.from({length: 60}, (_, index) => fromRecipe('<b64>', index + 1)),
	`-----END ${'RSA PRIVATE'} KEY-----`,
].join('\n');

test('a long text gives the same in pieces as in one, wherever a secret stands', async t => {
	const {run} = emptyPlace(t, noServices);
	const redactor = assembleRedactor();
	const secret = fromRecipe('<A24>', 7);
	// Finds of several kinds, over where pieces may end: the first is of 64 kB, the next ones twice as long.
	for (const place of [60_000, 63_000, 65_400, 66_000, 190_000, 195_800]) {
		const text = `${padding(place)}${keyBlock}\nclient_secret: >-\n  ${secret}\n${padding(120_000)}again ${secret} ${pat}\n`;
		const chunks = Array.from({length: Math.ceil(text.length / 9973)}, (_, index) =>
			text.slice(index * 9973, (index + 1) * 9973),
		);
		const {stdout} = await run(['filter'], chunks);
		assert.equal(stdout, redactor.redact(text, new Numbering()), `at ${place}`);
		assert.match(stdout, /KEY-----\n\[REDACTED:private-key#1\]\n-----END/);
		assert.equal(stdout.includes(secret), false);
	}
});

test('characters of several bytes survive being cut', async t => {
	const {run} = emptyPlace(t, noServices);
	const text = `Größe 🌊 ${pat}\n`.repeat(3);
	const bytes = Buffer.from(text);
	const {stdout} = await run(
		['filter'],
		Array.from(bytes, (_, index) => bytes.subarray(index, index + 1)),
	);
	assert.equal(stdout, 'Größe 🌊 [REDACTED:github-pat#1]\n'.repeat(3));
	const line = '🌊'.repeat(1_500_000);
	assert.equal((await run(['filter'], [line])).stdout === line, true);
});

test('text is passed on before all of it has come, and memory holds no more than some of it', async t => {
	const {run} = emptyPlace(t, noServices);
	let given = 0;
	let taken = 0;
	let most = 0;
	const input = function* () {
		for (let index = 0; index < 150; index++) {
			const chunk = padding(64 * 1024);
			given += chunk.length;
			yield chunk;
			most = Math.max(most, given - taken);
		}
	};
	const {exitCode, stdout} = await run(['filter'], input(), text => {
		taken += text.length;
	});
	assert.deepEqual([exitCode, stdout.length], [0, given]);
	assert.ok(most < 1_000_000, `${most} of ${given} characters were held`);
});

test('with --json a line is answered before the next is needed', async t => {
	const {run} = emptyPlace(t, noServices);
	const texts = [`a ${pat}`, 'two\nlines "quoted" \u0007 🌊', `b ${other} ${pat}`, ''];
	const answers: string[] = [];
	const input = async function* () {
		for (const [index, text] of texts.entries()) {
			assert.equal(answers.length, index, 'the line before was answered');
			const line = `${JSON.stringify(text)}\n`;
			// A line may come in two pieces.
			yield line.slice(0, 3);
			yield line.slice(3);
		}
	};
	const {exitCode, stderr} = await run(['filter', '--json'], input(), text => {
		assert.match(text, /^[^\n]*\n$/);
		answers.push(JSON.parse(text) as string);
	});
	assert.deepEqual([exitCode, stderr], [0, '']);
	assert.deepEqual(answers, [
		'a [REDACTED:github-pat#1]',
		'two\nlines "quoted" \u0007 🌊',
		'b [REDACTED:github-pat#2] [REDACTED:github-pat#1]',
		'',
	]);
});

test('with --json several lines may come at once, the last without an end', async t => {
	const {run} = emptyPlace(t, noServices);
	assert.equal((await run(['filter', '--json'], ['"a"\r\n"b"\n"c"'])).stdout, '"a"\n"b"\n"c"\n');
});

for (const line of [`{"token": "${pat}"}`, `"${pat}`, pat, '', '12', 'null']) {
	test(`with --json a line that is no string is named by its number, never shown: ${line.slice(0, 5)}`, async t => {
		const {run} = emptyPlace(t, noServices);
		assert.deepEqual(await run(['filter', '--json'], [`"fine"\n${line}\n"not reached"\n`]), {
			exitCode: 2,
			stdout: '"fine"\n',
			stderr: 'Line 2 of the input is no JSON string. Write one string in quotes per line.\n',
		});
	});
}

test('what is redacted twice stays as it is', async t => {
	const {run} = emptyPlace(t, noServices);
	const once = (await run(['filter'], [`${padding(150_000)}${keyBlock}\n${pat} ${mail}\n`])).stdout;
	assert.equal((await run(['filter'], [once])).stdout, once);
});
