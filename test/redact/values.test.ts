import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nameOf} from '../../source/redact/detectors/names.js';
import {checks, hasBase62Checksum, hasIbanSum, hasLuhnSum} from '../../source/redact/values/checks.js';
import {judge} from '../../source/redact/values/judge.js';
import {entropyOf, isWordy, looksRandom} from '../../source/redact/values/shape.js';
import {fromRecipe} from '../helpers/secret-samples.js';

test('names: what they say about the value beside them', () => {
	for (const name of [
		'DB_PASSWORD',
		'dbPassword',
		'spring.datasource.password',
		'passwd',
		'PGPASSWORD',
		'wifiPassphrase',
	]) {
		assert.equal(nameOf(name)?.kind, 'password', name);
	}

	for (const name of [
		'API_KEY',
		'x-api-key',
		'clientSecret',
		'authToken',
		'OPENAI_API_KEY',
		'jwtSecret',
		'encryption_key',
		'SECRET_KEY_BASE',
	]) {
		assert.equal(nameOf(name)?.kind, 'secret', name);
	}

	for (const name of [
		'max_tokens',
		'tokenizer',
		'password_file',
		'passwordLength',
		'secretName',
		'PRIMARY_KEY',
		'cacheKey',
		'publicKey',
		'token_count',
		'keyboard',
		'author',
		'apiKeyId',
		'csrfTokenHeader',
	]) {
		assert.equal(nameOf(name), undefined, name);
	}
});

test('random values are told from words', () => {
	for (const words of [
		'getUserPassword',
		'better-sqlite3',
		'password_hash',
		'TokenServiceFactory',
		'settings.page.title',
	]) {
		assert.equal(isWordy(words), true, words);
		assert.equal(looksRandom(words), false, words);
	}

	for (let seed = 1; seed < 200; seed++) {
		assert.equal(looksRandom(fromRecipe('<A32>', seed)), true, fromRecipe('<A32>', seed));
		assert.equal(looksRandom(fromRecipe('<h40>', seed)), true);
	}
});

test('a value is judged by its name and its place', () => {
	assert.equal(judge('Sommer-2024!', 'password', 'quoted'), 'medium');
	assert.equal(judge('hunter22x', 'password', 'setting'), 'medium');
	assert.equal(judge('userPassword', 'password', 'bare'), undefined);
	assert.equal(judge('process.env.PASSWORD', 'password', 'bare'), undefined);
	assert.equal(judge('required', 'password', 'quoted'), undefined);
	assert.equal(judge('changeme', 'password', 'setting'), undefined);
	assert.equal(judge('/run/secrets/db', 'password', 'setting'), undefined);
	assert.equal(judge('v1.2.3', 'secret', 'quoted'), undefined);
});

test('entropy is bits per character', () => {
	assert.equal(entropyOf('aaaa'), 0);
	assert.equal(entropyOf('abab'), 1);
	assert.equal(entropyOf('abcd'), 2);
});

test('sums: Luhn, IBAN, base 58, and the one in GitHub tokens', () => {
	assert.equal(hasLuhnSum('4539 5787 6362 1486'), true);
	assert.equal(hasLuhnSum('4539 5787 6362 1487'), false);
	assert.equal(hasIbanSum('DE75 5121 0800 1245 1261 99'), true);
	assert.equal(hasIbanSum('DE75 5121 0800 1245 1261 98'), false);
	assert.equal(checks.base58(['5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvb', 'TLvyTJ'].join('')), true);
	assert.equal(checks.base58(['5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvb', 'TLvyTK'].join('')), false);
	assert.equal(hasBase62Checksum(`ghp_${'a'.repeat(30)}000000`), false);
});
