import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkBytes, type Inspection} from '../../source/disclose/check-bytes.js';
import {createDisclosure} from '../../source/disclose/disclosure.js';
import {loadSecondScanner, type Scanner} from '../../source/disclose/second-scanner.js';
import {assembleRedactor} from '../../source/redact/assemble.js';
import {fromRecipe} from '../helpers/secret-samples.js';

const redactor = assembleRedactor();
const nothing: Scanner = async () => [];

async function* inPieces(text: string, length: number) {
	const bytes = Buffer.from(text);
	for (let at = 0; at < bytes.length; at += length) {
		yield bytes.subarray(at, at + length);
	}
}

const check = (text: string, inspection: Partial<Inspection> = {}, length = 70_000) =>
	checkBytes(inPieces(text, length), {scan: one => redactor.scan(one), second: nothing, ...inspection});

const pat = fromRecipe('ghp_<A36>');
const filler = `${'A line of words that nobody would hide. '.repeat(3)}\n`;

test('a clean text has no places, whatever stands in placeholders', async () => {
	const text = `# Title\n\nhttps://kim:[REDACTED:url-password#1]@git.example.com and token=[REDACTED:github-pat#2]\n`;
	assert.deepEqual(await check(text, {second: await loadSecondScanner()}), []);
});

for (const [what, lines] of [
	['at the beginning', 0],
	['far inside', 12_000],
] as const) {
	test(`a token ${what} is told by line and rule`, async () => {
		const text = `${filler.repeat(lines)}and ${pat} stands here\n${filler.repeat(9)}`;
		assert.deepEqual(await check(text), [{line: lines + 1, rule: 'github-pat'}]);
		assert.deepEqual(await check(text, {scan: () => [], second: await loadSecondScanner()}), [
			{line: lines + 1, rule: 'secretlint github'},
		]);
	});
}

test('the second scanner finds what lies across two of its chunks', async () => {
	const second = await loadSecondScanner();
	for (const before of [95_980, 99_980, 191_990]) {
		const text = `${'x '.repeat(before / 2)}${pat} ${'y '.repeat(60_000)}\n`;
		assert.deepEqual(await check(text, {scan: () => [], second}), [{line: 1, rule: 'secretlint github'}], `${before}`);
	}
});

test('comments of a log do not switch the second scanner off', async () => {
	const second = await loadSecondScanner();
	for (const comment of ['/* secretlint-disable */', '<!-- secretlint-disable -->', '# secretlint-disable']) {
		assert.equal((await second(`${comment}\n${pat}\n`)).length, 1, comment);
	}
});

test('known values are found in every form that a report may give them', async () => {
	const value = `q<7"&'Zt*v_9Lm+K/4`;
	const disclosure = createDisclosure(redactor);
	assert.equal(disclosure.learn(`PASSWORD='${value.replaceAll("'", '')}'`, {}), 1);
	const known = value.replaceAll("'", '');
	const html = known.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
	const forms = {
		plain: known,
		json: JSON.stringify(known).slice(1, -1),
		url: encodeURIComponent(known),
		html,
		markdown: known.replaceAll(/[<*_&+]/g, '\\$&'),
		both: html.replaceAll(/[*_+]/g, '\\$&'),
		base64: Buffer.from(known).toString('base64'),
	};
	for (const [name, form] of Object.entries(forms)) {
		const places = await check(`one\ntwo ${form} three\n`, {scan: disclosure.scan});
		assert.equal(places.length, 1, name);
		assert.equal(places[0]?.line, 2, name);
	}
});

test('what a scanner throws is not taken for a clean text', async () => {
	const broken: Scanner = async () => {
		throw new TypeError('broken');
	};
	await assert.rejects(check('text\n', {second: broken}), /broken/);
	await assert.rejects(
		check('text\n', {
			scan() {
				throw new RangeError('too slow');
			},
		}),
		/too slow/,
	);
});

test('bytes in small pieces, characters cut in two, give the same places', async () => {
	const text = `é😀 ${filler.repeat(3)}${pat}\n日本 ${pat}\n`;
	const expected = [
		{line: 4, rule: 'github-pat'},
		{line: 5, rule: 'github-pat'},
	];
	assert.deepEqual(await check(text), expected);
	assert.deepEqual(await check(text, {}, 7), expected);
});
