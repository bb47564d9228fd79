import assert from 'node:assert/strict';
import {test} from 'node:test';
import {assembleRedactor} from '../../source/redact/assemble.js';
import {findInWindows} from '../../source/redact/find-in-windows.js';
import {SecretMemory} from '../../source/redact/secret-memory.js';
import {fromRecipe} from '../helpers/secret-samples.js';

test('a long text is found in by stretches as it is as a whole', () => {
	const redactor = assembleRedactor();
	const lines = Array.from({length: 6000}, (_, at) =>
		at % 397 === 0
			? `API_KEY_${at}=${fromRecipe('<A32>', at)}`
			: at % 401 === 0
				? `and ${fromRecipe('<A32>', at - (at % 397))} again, 🌊 ${'tide '.repeat(at % 7)}`
				: `Line ${at} of the log is of no interest to anybody who reads it.`,
	);
	const text = lines.join('\n');
	const whole = redactor.find(text, {memory: new SecretMemory()});
	const found = [...findInWindows(redactor, text, {memory: new SecretMemory()}, 50_000)];
	assert.ok(whole.length >= 15);
	assert.deepEqual(found, whole);
	assert.equal(text.slice(found[1]?.start, found[1]?.end), found[1]?.value);
});
