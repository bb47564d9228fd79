import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {Writable} from 'node:stream';
import {type TestContext, test} from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import {services} from '../../source/cli/default-services.js';
import {main} from '../../source/cli/main.js';
import {resolveSettings} from '../../source/config/settings.js';
import {askedTwice, functionCall, functionOutput, item, meta, rolloutOf, threadId} from '../helpers/rollout.js';
import {Home, logName} from '../ingest/home.js';

const schema = JSON.parse(fs.readFileSync(new URL('../../docs/json.schema.json', import.meta.url), 'utf8'));
type Validator = ((json: unknown) => boolean) & {errors?: unknown};

const ajv = new Ajv.default({strict: true, allowUnionTypes: true, allErrors: true});
const validate: Validator = ajv.compile(schema);

const log = rolloutOf([
	meta(),
	...askedTwice('Where is the moonfish?', 10),
	item(functionCall('exec_command', {cmd: 'ls quay'}, 'call-1'), 11),
	item(functionOutput('call-1', 'Process exited with code 0\nOutput:\nmoonfish \u001B[31mquill\u001B[0mfish\n'), 12),
	...askedTwice('And the lighthouse?', 20),
]);

const collector = () => {
	const chunks: string[] = [];
	const stream = new Writable({
		write(chunk: Buffer, _encoding, done) {
			chunks.push(chunk.toString());
			done();
		},
	});
	return {stream, text: () => chunks.join('')};
};

const search = async (t: TestContext, args: readonly string[], columns?: number) => {
	const home = new Home(t);
	home.write(logName(threadId), log);
	const [stdout, stderr] = [collector(), collector()];
	const root = path.dirname(home.folder);
	const folders = {home: root, config: root, data: path.join(root, 'data'), checkoutUser: null, current: root};
	const exitCode = await main(['search', '--codex-home', home.folder, ...args], {
		stdout: Object.assign(stdout.stream, columns === undefined ? {} : {columns}),
		stderr: stderr.stream,
		resolve: flags => resolveSettings(flags, {}, folders),
		services,
	});
	return {exitCode, stdout: stdout.text(), stderr: stderr.text()};
};

test('search prints hits under their session, free of control sequences', async t => {
	const {exitCode, stdout, stderr} = await search(t, ['moonfish']);
	assert.equal(exitCode, 0, stderr);
	const [head = '', ...hits] = stdout.trimEnd().split('\n');
	assert.deepEqual(
		head.split('\t').filter((_, column) => column !== 1),
		[threadId, 'Where is the moonfish?'],
	);
	assert.deepEqual(
		hits.map(line => line.split('\t').filter((_, column) => column !== 3)),
		[
			['', '#1', 'line 4', 'tool-call exec_command', 'moonfish quillfish'],
			['', '#1', 'line 2', 'prompt', 'Where is the moonfish?'],
		],
	);
	assert.equal(stderr, '');
	const best = await search(t, ['the', 'lighthouse', '--order', 'best', '--limit', '1'], 80);
	assert.match(best.stdout, /And \u001B\[1mthe\u001B\[22m \u001B\[1mlighthouse\u001B\[22m\?\n$/);
});

test('search --json follows the schema', async t => {
	const {stdout} = await search(t, ['moonfish OR knd:prompt', '--json', '--limit', '1']);
	const json = JSON.parse(stdout);
	assert.ok(validate(json), JSON.stringify(validate.errors));
	assert.equal(json.mistakes.length, 1);
	assert.equal(json.indexed, 1);
	assert.equal(json.hits.length, 1);
	const [hit] = json.hits;
	assert.deepEqual([hit.sessionId, hit.prompt, hit.line, hit.tool, hit.part], [threadId, 1, 4, 'command', 'output']);
	assert.deepEqual(hit.snippet, {text: 'moonfish quillfish', ranges: [[0, 8]]});
});

test('mistakes are told on stderr, and what follows is found all the same', async t => {
	const {exitCode, stdout, stderr} = await search(t, ['moonfish knd:prompt']);
	assert.equal(exitCode, 0);
	assert.match(stderr, /kind/);
	assert.match(stderr, /Nothing was found\.\n$/);
	assert.equal(stdout, '');
});

test('inside of words, a few hits, and what is left of them', async t => {
	const inside = await search(t, ['ightho', '--inside-words']);
	assert.match(inside.stdout, /And the lighthouse\?/);
	const one = await search(t, ['moonfish', '--limit', '1']);
	assert.equal(one.stdout.trimEnd().split('\n').length, 2);
	assert.match(one.stderr, /^These are 1 of 2 hits; --limit N shows more\.\n$/);
});

test('wrong use is told in a sentence with exit code 2', async t => {
	const none = await search(t, []);
	assert.equal(none.exitCode, 2);
	assert.match(none.stderr, /^Which query\?/);
	const order = await search(t, ['moonfish', '--order', 'bset']);
	assert.equal(order.exitCode, 2);
	assert.match(order.stderr, /best/);
});
