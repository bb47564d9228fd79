import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {codex} from '../../source/formats/codex/index.js';
import {ingestHome} from '../../source/ingest/ingest-home.js';
import {addUsage, noUsage, type TokenUsage} from '../../source/model/token-usage.js';
import {openStore} from '../../source/store/sqlite/open.js';
import type {UsageEntry} from '../../source/store/store.js';

/*
Sessions written by released versions lie beside the repository and are not part of it; each has the usage
that the model server sent. What a version did not write down cannot be counted: those cases are listed.
*/
const corpus = fileURLToPath(new URL('../../../shared/corpus/codex/', import.meta.url));
const skip = fs.existsSync(corpus) ? false : 'the sessions of released versions are not beside the repository';

/** Releases that wrote no usage at all. */
const silent = /^0\.(?:1|8|20|29)\./;

/** Tokens of a single response that are missing from a log, and why. */
const missing = new Map<string, {tokens: number; because: string}>([
	['0.34.0-S6', {tokens: 6923, because: 'the response of an interrupted turn was not recorded'}],
	['0.45.0-S6', {tokens: 3463, because: 'the response of an interrupted turn was not recorded'}],
	['0.72.0-S6', {tokens: 3985, because: 'the last response of a resumed process was not recorded'}],
	['0.98.0-S6', {tokens: 4876, because: 'the last response of a resumed process was not recorded'}],
	['0.98.0-S17', {tokens: 4685, because: 'it stood on the line that was cut in half'}],
	['0.36.0-S4', {tokens: 939, because: 'the request of a compaction was not recorded'}],
	['0.148.0-S16b', {tokens: 5040, because: 'the request of a compaction by the provider was not recorded'}],
]);

/** Model of the logs of a release that does not name it. */
const unnamed = (name: string): string | undefined => (name.startsWith('0.34.') ? 'gpt-5-codex' : undefined);

type TrueUsage = Record<`${'input' | 'cached_input' | 'output' | 'reasoning_output' | 'total'}_tokens`, number>;
type Response = TrueUsage & {model: string};
type Truth = {threads: {thread_id: string; usage: {total: TrueUsage; responses: Response[]}}[]};

const usageOf = (counts: TrueUsage): TokenUsage => ({
	inputTokens: counts.input_tokens,
	cachedInputTokens: counts.cached_input_tokens,
	outputTokens: counts.output_tokens,
	reasoningOutputTokens: counts.reasoning_output_tokens,
	totalTokens: counts.total_tokens,
});

const sum = (parts: readonly TokenUsage[]): TokenUsage => parts.reduce((all, part) => addUsage(all, part), noUsage);

const entriesOf = async (t: TestContext, home: string): Promise<UsageEntry[]> => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-'));
	t.after(() => fs.rmSync(folder, {recursive: true, force: true}));
	const database = path.join(folder, 'index.db');
	await ingestHome({source: {home}, home, database, batchLines: 500});
	const store = await openStore(database, codex);
	t.after(() => store.close());
	return store.usage({});
};

test('what usage sums up is what the model server counted', {skip}, async t => {
	const cases = fs.readdirSync(corpus).filter(name => fs.existsSync(path.join(corpus, name, 'truth.json')));
	assert.ok(cases.length > 50, `${cases.length} cases`);
	const left = new Set(missing.keys());
	for (const name of cases) {
		await t.test(name, async t => {
			const {threads} = JSON.parse(fs.readFileSync(path.join(corpus, name, 'truth.json'), 'utf8')) as Truth;
			const entries = await entriesOf(t, path.join(corpus, name, 'home'));
			left.delete(name);
			let lost = 0;
			for (const {thread_id: id, usage} of threads) {
				const own = entries.filter(({threadId}) => threadId === id);
				const responses = usage.responses.map(usageOf);
				const unrecorded = responses.filter(({totalTokens}) => totalTokens === missing.get(name)?.tokens);
				const recorded = sum([...own.map(entry => entry.usage), ...unrecorded]);
				lost += unrecorded.length;
				assert.deepEqual(recorded, silent.test(name) ? noUsage : usageOf(usage.total), id);
				assert.ok(
					own.every(({model}) => usage.responses.some(response => response.model === (model ?? unnamed(name)))),
				);
				assert.ok(own.every(({repository}) => repository === 'example.invalid/kim/shop'));
			}

			assert.equal(lost, missing.has(name) ? 1 : 0);
			assert.ok(entries.every(({threadId}) => threads.some(({thread_id: id}) => id === threadId)));
		});
	}

	assert.deepEqual([...left], [], 'cases that are listed and not there');
});
