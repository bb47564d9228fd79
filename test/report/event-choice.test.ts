import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isTold, neverTold} from '../../source/report/event-choice.js';
import {reportModes} from '../../source/report/request.js';
import {sampleEvents, samplePrelude} from '../cli/sample-session.js';

for (const {id: mode} of reportModes) {
	test(`what ${mode} never tells, it tells of no event`, () => {
		const events = [...samplePrelude, ...sampleEvents];
		const never = neverTold(mode);
		assert.deepEqual(
			events.filter(event => never.has(event.kind) && isTold(event, mode)),
			[],
		);
		for (const kind of ['token-usage', 'turn-context', 'review'] as const) {
			assert.equal(never.has(kind), false, kind);
		}

		assert.equal(never.has('tool-call'), mode !== 'full' && mode !== 'actions');
	});
}
