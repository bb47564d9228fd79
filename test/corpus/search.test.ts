import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {ingestHome} from '../../source/ingest/ingest-home.js';
import {query, temporaryFolder} from '../ingest/home.js';
import {found} from '../ingest/search-content.js';
import type {Truth} from './truth.js';

/* What people asked in sessions written by released versions, beside the repository, is found by searching for it. */
const shared = fileURLToPath(new URL('../../../shared/corpus/codex', import.meta.url));
const skip = fs.existsSync(shared)
	? false
	: 'the sessions of released versions are not beside the repository (../shared/corpus/codex)';

/** The beginning of a text as a phrase, whole words only; undefined when it has none. */
const phraseOf = (text: string): string | undefined => {
	const words = text.length > 400 ? text.slice(0, 400).replace(/\S*$/, '') : text;
	return /[\p{L}\p{N}]/u.test(words) ? `"${words.replaceAll('"', ' ')}"` : undefined;
};

test('every prompt that the logs of released versions hold is found', {skip}, async t => {
	let asked = 0;
	const missed: string[] = [];
	const cases = skip ? [] : fs.readdirSync(shared).filter(name => fs.existsSync(path.join(shared, name, 'truth.json')));
	for (const name of cases) {
		const {threads} = JSON.parse(fs.readFileSync(path.join(shared, name, 'truth.json'), 'utf8')) as Truth;
		const home = path.join(shared, name, 'home');
		const database = path.join(temporaryFolder(t), 'codex-tui.db');
		await ingestHome({source: {home}, home, batchLines: 500, database, withTexts: true});
		for (const {thread_id: thread, prompts} of threads) {
			const ids = new Set(
				query(
					database,
					`select prompts.id from prompts join sessions on sessions.id = session_id where thread_id = '${thread}'`,
				).map(row => row['id'] as number),
			);
			for (const {text, recorded = true} of prompts) {
				const phrase = recorded ? phraseOf(text) : undefined;
				if (phrase !== undefined) {
					const hits = found(database, phrase, 'messages');
					asked++;
					if (!hits.some(id => ids.has(id))) {
						missed.push(`${name} ${thread}: ${phrase.slice(0, 60)}`);
					}
				}
			}
		}
	}

	assert.ok(asked > 200, `${asked} prompts`);
	assert.deepEqual(missed, []);
});
