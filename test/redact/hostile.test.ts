import assert from 'node:assert/strict';
import {test} from 'node:test';
import {assembleRedactor} from '../../source/redact/assemble.js';
import {fromRecipe} from '../helpers/secret-samples.js';

/** Processor milliseconds that 100 kB may take; the bench holds a tighter limit on a quiet machine. */
const limit = 250;
const size = 100_000;

const repeated = (piece: string): string => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);

const inputs: Record<string, string> = {
	...Object.fromEntries(
		[
			'a',
			'=',
			' ',
			'\n',
			'"',
			'\\',
			'_',
			'.',
			'-',
			'/',
			'@',
			':',
			'%41',
			'&amp;',
			'\\n',
			'\\"',
			'\u001b[',
			'\u001b]8;;',
			'key=',
			'key: ',
			'token ',
			'password=a ',
			'password is ',
			'pass:pass@',
			'://',
			'http://a:b@',
			'a@b.',
			'eyJ',
			'eyJhbGciOi.',
			'sk-',
			'ghp_',
			'Bearer ',
			'Basic ',
			'Cookie: a=b; ',
			'curl -u ',
			'mysql -p',
			'echo a | sudo -S ',
			'-----BEGIN PRIVATE KEY-----\n',
			'-----END PRIVATE KEY-----\n',
			'machine a login b password ',
			'kind: Secret\ndata:\n',
			'INSERT INTO t (password) VALUES (',
			'| password | token |\n',
			'password,token\n',
			'{"a":',
			'+1 ',
			'4111 ',
			'DE12 ',
			'1.2.3.',
			'2001:',
			'/home/a',
			'birth ',
			'address 1 ',
			"'abc' + ",
			'abcdefghijklmnopqrst\n',
			'[redact ',
			'[REDACTED:',
			'\u200b',
			'漢字é😀',
			'value": "',
			' as the ',
			':5432:',
			'mnemonic a ',
		].map(piece => [`${JSON.stringify(piece)} over and over`, repeated(piece)]),
	),
	'random base64': fromRecipe(`<b${size}>`),
	'random hex': fromRecipe(`<h${size}>`),
	'random digits': fromRecipe(`<d${size}>`),
	'a key without an end': `-----BEGIN PRIVATE KEY-----\n${fromRecipe(`<b${size}>`)}`,
	'a name before a long value': `api_key = ${fromRecipe(`<b${size}>`)}`,
	'an escape that does not end': `\u001b[${repeated('0;')}`,
	'a megabyte on one line': 'x=y,'.repeat(250_000),
};

const redactor = assembleRedactor();
redactor.scan('warm up');

for (const [name, text] of Object.entries(inputs)) {
	test(`hostile: ${name}`, () => {
		const cost = (): number => {
			const before = process.cpuUsage();
			redactor.scan(text);
			const {user, system} = process.cpuUsage(before);
			return (user + system) / 1000;
		};

		// The best of two: the first one compiles.
		const milliseconds = Math.min(cost(), cost());
		assert.ok(milliseconds < limit, `${milliseconds} ms`);
	});
}
