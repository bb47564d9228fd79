import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {jsonReport} from '../../source/report/json/json-report.js';
import {hostileText} from '../helpers/hostile-text.js';
import {partsTelling} from './parts-telling.js';

test('every text of a log comes back as it was', async () => {
	await fc.assert(
		fc.asyncProperty(hostileText, async text => {
			let document = '';
			for await (const chunk of jsonReport(partsTelling(text))) {
				document += chunk;
			}

			const {sessions, closing} = JSON.parse(document);
			assert.equal(sessions[0].session.title, text);
			assert.equal(sessions[0].prelude.events[1].text, text);
			assert.equal(sessions[0].prompts[1].prompt.text, text);
			assert.equal(sessions[0].prompts[1].prompt.note, text);
			assert.equal(closing.problems[0].reason, text);
		}),
		{numRuns: 60},
	);
});
