import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createTextCheck} from '../../source/disclose/check-text.js';
import {createDisclosure} from '../../source/disclose/disclosure.js';
import {assembleRedactor} from '../../source/redact/assemble.js';
import {DecisionBook} from '../../source/redact/decisions.js';
import {decisionOf, digests, thread} from '../helpers/decisions.js';
import {fromRecipe} from '../helpers/secret-samples.js';

const password = 'tern-and-gull-88';

test('a text that leaves is looked through with every value that is known, and by the second scanner', async () => {
	const disclosure = createDisclosure(assembleRedactor());
	const check = createTextCheck(disclosure);
	assert.deepEqual(await check(`# Lamp\n\nwith ${password}\n`, thread), [], 'a word like any other so far');
	disclosure.learn(`LAMP_PASSWORD=${password}`, {thread});
	const places = await check(`# Lamp\n\nwith ${password}\n`, thread);
	assert.deepEqual(
		places.map(({line}) => line),
		[3],
	);
	const rules = (await check(`\n${fromRecipe('ghp_<A36>')}`, thread)).map(({rule}) => rule);
	assert.deepEqual(rules.toSorted(), ['github-pat', 'secretlint github']);
});

test('what a person allowed in a session may leave from it, and from no other', async () => {
	const decisions = new DecisionBook();
	decisions.use([decisionOf(password, {action: 'allow', scope: 'session'})], {digests});
	const check = createTextCheck(createDisclosure(assembleRedactor({decisions})));
	const text = `LAMP_PASSWORD=${password}\n`;
	assert.deepEqual(await check(text, thread), []);
	assert.equal((await check(text, thread.replace(/1$/, '2'))).length, 1);
});
