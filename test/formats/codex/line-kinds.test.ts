import assert from 'node:assert/strict';
import fs from 'node:fs';
import {test} from 'node:test';
import {type ReadRollout, readRollout} from '../../helpers/rollout.js';

/** The format reference's list of line kinds lies beside the checkout, where there is one. */
const listUrl = new URL('../../../../shared/format/line-kinds.json', import.meta.url);

type LineKind = {kind: string; envelope_type: string | null; example: unknown};

/** Made up by the reference so that readers meet something unknown, or never written to a rollout. */
const unknownKinds = [
	'unknown_line_type',
	'event_msg.unknown_event',
	'item_completed.unknown_item',
	'response_item.other',
];

/** Lines of other files than rollouts. */
const otherFiles = /^(?:history_jsonl|session_index|ts_history)_entry/;

const read = (example: unknown): ReadRollout =>
	readRollout(Buffer.from(typeof example === 'string' ? example : JSON.stringify(example)));

if (fs.existsSync(listUrl)) {
	const kinds = JSON.parse(fs.readFileSync(listUrl, 'utf8')) as LineKind[];
	for (const {kind, example} of kinds) {
		test(`line kind ${kind}`, () => {
			const {joined, problems} = read(example);
			assert.deepEqual(problems, []);
			assert.ok(joined.length > 0);
		});
	}

	test('only kinds that nobody knows are unknown', context => {
		const found = kinds.filter(({example}) => read(example).joined.some(({event}) => event.kind === 'unknown'));
		const surprises = found
			.map(({kind}) => kind)
			.filter(kind => !unknownKinds.includes(kind) && !otherFiles.test(kind));
		context.diagnostic(`surprises: ${surprises.join(', ') || 'none'}`);
		assert.deepEqual(surprises, []);
		assert.deepEqual(
			unknownKinds.filter(kind => !found.some(one => one.kind === kind)),
			[],
		);
	});
} else {
	test('line kinds of the format reference', {skip: 'the format reference is not beside this checkout'}, () => {});
}
