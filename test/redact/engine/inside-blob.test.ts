import assert from 'node:assert/strict';
import {test} from 'node:test';
import {assembleRedactor} from '../../../source/redact/assemble.js';
import {isInsideBlob} from '../../../source/redact/engine/pattern-rule.js';
import {fromRecipe} from '../../helpers/secret-samples.js';

const redactor = assembleRedactor();

test('a token is found behind folders with random names', () => {
	const token = fromRecipe('ghp_<A36>', 77);
	const key = fromRecipe('AKIA<B16>', 78);
	for (let seed = 0; seed < 200; seed++) {
		for (const folder of [
			'/tmp/job-<A6>/home/sessions/',
			'/nix/store/<a32>-tides/',
			'/private/var/folders/<a2>/<a30>/T/',
			'/srv/<A32>/',
		]) {
			const path = fromRecipe(folder, seed);
			assert.equal(redactor.scan(`${path}${token}/notes.txt`)[0]?.ruleId, 'github-pat', path);
		}

		const path = fromRecipe('/tmp/<A12>/<A12>/home/sessions/', seed);
		assert.equal(redactor.scan(`${path}${key}/notes.txt`).length, 1, path);
	}
});

test('short prefixes in the middle of base64 are chance', () => {
	for (let seed = 0; seed < 50; seed++) {
		const plain = `${fromRecipe('<b40>', seed)}/AKIA`;
		const urlSafe = `${fromRecipe('<w40>', seed)}-ghp_`;
		assert.equal(isInsideBlob(plain, plain.length - 4), true, plain);
		assert.equal(isInsideBlob(urlSafe, urlSafe.length - 4), true, urlSafe);
	}
});
