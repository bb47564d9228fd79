import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {type shownIngest as ShownIngest, shownIngest} from '../../source/disclose/shown-ingest.js';
import type {IngestProgress} from '../../source/ingest/progress.js';
import {quietIngest} from '../helpers/quiet-ingest.js';

type Show = Parameters<typeof ShownIngest>[1];

const drive = (show: (text: string) => Promise<string>) => {
	const ingest = quietIngest();
	const words = async (value: unknown): Promise<unknown> =>
		typeof value === 'string'
			? show(value)
			: Promise.all((value as object[]).map(async one => JSON.parse(await show(JSON.stringify(one)))));
	const shown = shownIngest(ingest, words as Show);
	const told: (string | undefined)[] = [];
	shown.onProgress(({phase, failures}: IngestProgress) =>
		told.push([phase, ...failures.map(({path, reason}) => `${path}: ${reason}`)].join(' ')),
	);
	shown.onFailure(message => told.push(message));
	return {ingest, told};
};

const failure = {path: '/srv/secret/a.jsonl', reason: 'it says secret'};

test('progress without failures comes at once', () => {
	const {ingest, told} = drive(async text => text);
	ingest.progress({phase: 'reading'});
	ingest.progress({phase: 'watching'});
	assert.deepEqual(told, ['reading', 'watching']);
});

test('failures are shown redacted, asked for once, and nothing overtakes them', async () => {
	let asked = 0;
	const {ingest, told} = drive(async text => {
		asked++;
		await setImmediate();
		return text.replaceAll('secret', '…');
	});
	ingest.progress({phase: 'reading', failures: [failure]});
	ingest.progress({phase: 'archiving', failures: [failure]});
	ingest.fail('secret is gone');
	ingest.progress({phase: 'watching', failures: [failure]});
	assert.deepEqual(told, []);
	for (let turn = 0; turn < 20; turn++) {
		await setImmediate();
	}

	const words = '/srv/…/a.jsonl: it says …';
	assert.deepEqual(told, [`reading ${words}`, `archiving ${words}`, '… is gone', `watching ${words}`]);
	ingest.progress({phase: 'indexing', failures: [failure]});
	assert.equal(told.at(-1), `indexing ${words}`);
	assert.equal(asked, 2);
});

test('where nothing can be redacted any more, that there was a failure is all that is told', async () => {
	const {ingest, told} = drive(async () => {
		throw new Error('gone');
	});
	ingest.progress({phase: 'reading', failures: [failure]});
	ingest.fail('secret');
	await setImmediate();
	await setImmediate();
	assert.deepEqual(told, ['reading …: it cannot be told now', 'Reading logs failed.']);
});
