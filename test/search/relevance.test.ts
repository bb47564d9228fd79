import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {ingestHome} from '../../source/ingest/ingest-home.js';
import {query, temporaryFolder} from '../ingest/home.js';
import {answerTo, searchOf} from './ask.js';

/*
Questions about the samples that lie beside the repository, as somebody would put them who half remembers what was
said, each with the thread and line that it is about. No text of the samples is kept here.
*/
const samples = fileURLToPath(new URL('../../../shared/corpus/sessions/', import.meta.url));
const skip = fs.existsSync(samples)
	? false
	: 'the sample logs are not beside the repository (../shared/corpus/sessions)';

/** The event must be among the first so many. */
const places = 3;

/** Questions that may be missed: words of the event that many others say more often. */
const mostMissed = 2;

test('what is asked for stands among the first three results', {skip}, async t => {
	const database = path.join(temporaryFolder(t), 'codex-tui.db');
	await ingestHome({source: {path: samples}, home: null, batchLines: 500, database, withTexts: true});
	const threads = new Map(
		query(database, 'select id, thread_id from sessions').map(row => [row['id'] as number, row['thread_id']]),
	);
	const search = searchOf(t, database);
	const questions = fs
		.readFileSync(new URL('relevance.tsv', import.meta.url), 'utf8')
		.trimEnd()
		.split('\n')
		.map(line => line.split('\t') as [question: string, thread: string, line: string]);
	const missed: string[] = [];
	for (const [question, thread, line] of questions) {
		const {hits} = await answerTo(search, question, {order: 'best', limit: 100});
		const place = hits.findIndex(hit => threads.get(hit.sessionId) === thread && hit.line === Number(line)) + 1;
		if (place === 0 || place > places) {
			missed.push(`${question}: ${place === 0 ? 'not found' : `place ${place}`} of ${hits.length}`);
		}
	}

	t.diagnostic(`${questions.length - missed.length} of ${questions.length} among the first ${places}`);
	assert.ok(questions.length >= 50);
	assert.ok(missed.length <= mostMissed, missed.join('\n'));
});
