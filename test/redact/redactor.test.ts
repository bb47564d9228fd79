import assert from 'node:assert/strict';
import {test} from 'node:test';
import {assembleRedactor} from '../../source/redact/assemble.js';
import {Numbering} from '../../source/redact/placeholder.js';
import type {Redacted} from '../../source/redact/redactor.js';
import {SecretMemory} from '../../source/redact/secret-memory.js';
import {fromRecipe} from '../helpers/secret-samples.js';

const redactor = assembleRedactor();
const pat = fromRecipe('ghp_<A36>');
const password = fromRecipe('<p12>9!x', 4);

test('a value becomes a placeholder that names its rule', () => {
	assert.equal(redactor.redact(`token ${pat}\n`, new Numbering()), 'token [REDACTED:github-pat#1]\n');
});

test('the same value is the same placeholder all through one numbering, another value another one', () => {
	const numbering = new Numbering();
	const other = fromRecipe('ghp_<A36>', 2);
	assert.equal(
		redactor.redact(`a ${pat} b ${other} c ${pat}`, numbering),
		'a [REDACTED:github-pat#1] b [REDACTED:github-pat#2] c [REDACTED:github-pat#1]',
	);
	assert.equal(redactor.redact(`d ${other}`, numbering), 'd [REDACTED:github-pat#2]');
	assert.equal(redactor.redact(`e ${other}`, new Numbering()), 'e [REDACTED:github-pat#1]');
});

test('a value keeps its number where it is written with escapes', () => {
	const numbering = new Numbering();
	redactor.redact(`DB_PASSWORD='${password}'`, numbering);
	const nested = JSON.stringify({output: JSON.stringify({password})});
	assert.equal(redactor.redact(nested, numbering), '{"output":"{\\"password\\":\\"[REDACTED:password#1]\\"}"}');
});

test('paths and names get a form without brackets', () => {
	assert.equal(redactor.redact(`feature/${pat}`, new Numbering(), {form: 'path'}), 'feature/redacted-github-pat-1');
});

test('a home folder becomes a tilde', () => {
	assert.equal(redactor.redact('cd /home/ada.lovelace/engine && ls', new Numbering()), 'cd ~/engine && ls');
});

test('a value that stood beside its name is found again without it, encoded, and cut', () => {
	const secret = fromRecipe('<A28>', 9);
	const memory = new SecretMemory();
	redactor.scan(`CLIENT_SECRET=${secret}`, {memory});
	const lines = [
		`retrying with ${secret} now`,
		`body ${encodeURIComponent(`${secret}=`)}`,
		`blob ${Buffer.from(`xx${secret}yy`).toString('base64')}`,
		`…${secret.slice(-16)} (first lines left out)`,
		`${secret.slice(0, 15)}… (cut)`,
	];
	for (const line of lines) {
		const out = redactor.redact(line, new Numbering(), {memory});
		assert.match(out, /\[REDACTED:generic-secret#1\]/, line);
		assert.equal(out.includes(secret.slice(2, 14)), false, line);
	}

	assert.deepEqual(redactor.scan(`retrying with ${secret} now`), [], 'a memory of its own knows nothing of it');
});

test('classes and rules can be switched off, and values allowed', () => {
	const text = `mail ada@lovelace.dev, token ${pat}`;
	const ids = (one: ReturnType<typeof assembleRedactor>): string[] => one.scan(text).map(({ruleId}) => ruleId);
	assert.deepEqual(ids(redactor), ['email', 'github-pat']);
	assert.deepEqual(ids(assembleRedactor({classes: ['secret']})), ['github-pat']);
	assert.deepEqual(
		ids(assembleRedactor({disabled: ['github-pat', 'llm-gateway-key', 'generic-token', 'spoken-token']})),
		['email'],
	);
	const allow = [{pattern: new RegExp(`^${pat}$`), reason: 'a sample of the manual'}];
	assert.deepEqual(ids(assembleRedactor({redactions: {rules: [], allow}})), ['email']);
});

test('a redactor tells which rules are at work, and names no other', () => {
	const ids = new Set(redactor.rules.map(({id}) => id));
	assert.equal(ids.size, redactor.rules.length);
	assert.ok(ids.size > 200);
	assert.equal(ids.has('hostname'), false, 'not looked for unless asked');
	assert.equal(
		assembleRedactor({disabled: ['jwt']}).rules.some(({id}) => id === 'jwt'),
		false,
	);
	const text = `DB_PASSWORD=${password} curl -u ada:${password}x https://a.dev ada@lovelace.dev 93.184.216.34 ${pat}`;
	for (const {ruleId} of redactor.scan(text)) {
		assert.ok(ids.has(ruleId), ruleId);
	}
});

test('findings never hold the value', () => {
	for (const finding of redactor.scan(`token ${pat}`)) {
		assert.deepEqual(Object.keys(finding).toSorted(), ['class', 'confidence', 'end', 'ruleId', 'start']);
	}
});

test('text that was not redacted is no Redacted', () => {
	// @ts-expect-error: only a redactor makes one
	const made: Redacted = 'text';
	assert.equal(typeof made, 'string');
});
