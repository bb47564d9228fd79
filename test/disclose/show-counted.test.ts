import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createDisclosure} from '../../source/disclose/disclosure.js';
import {showStore} from '../../source/disclose/show-store.js';
import type {EventKind} from '../../source/model/log-event.js';
import {assembleRedactor} from '../../source/redact/assemble.js';
import {memoryStore} from '../cli/memory-store.js';
import {sampleEvents, sampleSession} from '../cli/sample-session.js';

test('events that are only counted come without texts, and with all that counts', async () => {
	const store = showStore(memoryStore(), {disclosure: createDisclosure(assembleRedactor())});
	const without = new Set<EventKind>(['tool-call', 'message']);
	for await (const {events} of store.prompts(sampleSession.id, without)) {
		assert.equal(events.length, sampleEvents.length);
		for (const [index, event] of events.entries()) {
			const {kind, at, line} = sampleEvents[index] ?? {};
			assert.deepEqual({kind: event.kind, at: event.at, line: event.line}, {kind, at, line});
			if (event.kind === 'tool-call') {
				const original = sampleEvents[index];
				assert.ok(original?.kind === 'tool-call');
				assert.deepEqual(
					[event.tool, event.status, event.exitCode],
					[original.tool, original.status, original.exitCode],
				);
				// What is shorter than any secret may stay.
				assert.ok([event.output, event.command, event.arguments].every(text => (text ?? '').length < 4));
			} else if (event.kind === 'message') {
				assert.equal(event.text, '');
			} else if (event.kind === 'notice') {
				assert.equal(event.text, 'Slow network');
			}
		}
	}
});
