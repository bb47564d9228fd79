import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import {envelope, event, item, meta, threadId} from '../../helpers/rollout.js';
import {fromRecipe} from '../../helpers/secret-samples.js';
import {emptyPlace, noServices, type Place} from './run-redactions.js';

const pat = fromRecipe('ghp_<A36>');
const plain = fromRecipe('<A28>', 9);
const mail = ['kim', 'tideworks.dev'].join('@');
const inUrl = fromRecipe('glpat-<A20>', 3);

const schema = JSON.parse(fs.readFileSync(new URL('../../../docs/json.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv.default({strict: true, allowUnionTypes: true, allErrors: true});
const validate = ajv.compile(schema);

const rollout = (id = threadId): string =>
	[
		meta({id, git: {branch: `fix/${pat}`, repository_url: `https://oauth2:${inUrl}@git.example.com/tides.git`}}),
		event('user_message', {message: `Use CLIENT_SECRET=${plain} and ask ${mail}`}, 1),
		item(
			{
				type: 'message',
				role: 'user',
				content: [{type: 'input_text', text: `Use CLIENT_SECRET=${plain} and ask ${mail}`}],
			},
			1,
		),
		item(
			{
				type: 'function_call',
				name: 'shell',
				arguments: JSON.stringify({command: ['bash', '-lc', `curl -d ${plain} localhost`]}),
				call_id: 'call_1',
			},
			2,
		),
		item({type: 'function_call_output', call_id: 'call_1', output: `sent ${plain}\nand ${pat}, ${pat}`}, 3),
		item({type: 'message', role: 'assistant', content: [{type: 'output_text', text: 'All quiet.'}]}, 4),
		envelope('turn_context', {cwd: '/srv/tides', model: 'gpt-example'}, 5),
	].join('\n');

const secondId = threadId.replace(/1$/, '2');
const cleanRollout = [
	meta({id: secondId, cwd: '/srv/tides'}),
	event('user_message', {message: `Nothing is known of ${plain} here`}, 1),
].join('\n');

const fileName = (id: string): string => `logs/rollout-2026-02-03T10-00-00-${id}.jsonl`;

const withLogs = (place: Place): string[] => {
	place.write(fileName(threadId), `${rollout()}\n`);
	place.write(fileName(secondId), `${cleanRollout}\n`);
	return ['--sessions', path.join(place.root, 'logs')];
};

type Json = {
	findings: {
		sessionId: string | null;
		file: string | null;
		field: string;
		kind: string;
		prompt: number | null;
		line: number | null;
		rule: string;
		class: string;
		count: number;
	}[];
	total: number;
	sessions: number;
	files: number;
	rules?: {rule: string; count: number; sessions: number}[];
};

test('every place of every session is told, without a value, with exit code 3', async t => {
	const place = emptyPlace(t);
	const {exitCode, stdout, stderr} = await place.run(['scan', ...withLogs(place), '--json']);
	assert.equal(exitCode, 3, stderr);
	const json = JSON.parse(stdout) as Json;
	assert.equal(validate(json), true, ajv.errorsText(validate.errors));
	const rows = json.findings.map(
		({kind, field, prompt, line, rule, count}) => `${kind} ${field} ${prompt ?? '-'}:${line ?? '-'} ${rule} ${count}`,
	);
	for (const row of [
		'session git.branch -:- github-pat 1',
		'session git.repositoryUrl -:- gitlab-pat 1',
		'prompt text 1:2 email 1',
		'tool-call output 1:4 github-pat 2',
	]) {
		assert.ok(rows.includes(row), `${row} is not in\n${rows.join('\n')}`);
	}

	const fields = (rule: RegExp): string[] =>
		json.findings.filter(({rule: id, kind}) => rule.test(id) && kind === 'tool-call').map(({field}) => field);
	assert.deepEqual(
		new Set(fields(/secret/)),
		new Set(['command', 'arguments', 'output']),
		'a value is known through the whole session once its name was seen',
	);
	assert.deepEqual([json.sessions, json.files], [2, 0]);
	assert.equal(
		json.total,
		json.findings.reduce((sum, {count}) => sum + count, 0),
	);
	assert.deepEqual(
		json.findings.filter(({sessionId}) => sessionId === secondId),
		[],
		'another session knows nothing of the values of this one',
	);
	for (const value of [pat, plain, mail, inUrl]) {
		assert.equal(stdout.includes(value) || stderr.includes(value), false);
	}
});

test('the table says the same, line by line', async t => {
	const place = emptyPlace(t);
	const logs = withLogs(place);
	const {exitCode, stdout, stderr} = await place.run(['scan', ...logs]);
	assert.equal(exitCode, 3);
	assert.match(stdout, /^Session or file +Prompt +Line +Kind +Field +Rule +Confidence +Times\n/);
	assert.match(stdout, new RegExp(`^${threadId} +1 +4 +tool-call +output +github-pat +high +2$`, 'm'));
	assert.match(stderr, /^\d+ finds in 1 of 2 sessions\.\n$/);
	const secrets = await place.run(['scan', '--secrets-only', ...logs]);
	assert.equal(secrets.exitCode, 3);
	assert.equal(/\bemail\b/.test(secrets.stdout), false);
	const clean = await place.run(['scan', secondId, ...logs]);
	assert.deepEqual([clean.exitCode, clean.stdout, clean.stderr], [0, '', 'Nothing was found in 1 session.\n']);
	assert.equal((await place.run(['scan', threadId, secondId, ...logs])).exitCode, 3);
});

test('a log is a session, any other file is looked through as it is', async t => {
	const place = emptyPlace(t);
	const log = place.write(fileName(threadId), `${rollout()}\n`);
	const database = ['--database', path.join(place.root, 'x.db')];
	const json = JSON.parse((await place.run(['scan', log, '--json', ...database])).stdout) as Json;
	assert.deepEqual([json.sessions, json.files, json.findings[0]?.sessionId], [1, 0, threadId]);
	const notes = place.write('notes.txt', `one\n\nthree ${pat} and ${pat}\nfour\n${mail}`);
	const offline = emptyPlace(t, noServices);
	const {exitCode, stdout} = await offline.run(['scan', notes, '--json']);
	assert.equal(exitCode, 3);
	const rows = (JSON.parse(stdout) as Json).findings.map(({file, line, rule, count}) => [file, line, rule, count]);
	assert.deepEqual(rows, [
		[notes, 3, 'github-pat', 2],
		[notes, 5, 'email', 1],
	]);
});

test('in a long file lines are counted through', async t => {
	const place = emptyPlace(t, noServices);
	const lines = Array.from({length: 20_000}, () => 'the tide table lists every harbour');
	lines[7777] = pat;
	lines[19_998] = `x ${pat}`;
	const {stdout} = await place.run(['scan', place.write('long.txt', lines.join('\n')), '--json']);
	assert.deepEqual(
		(JSON.parse(stdout) as Json).findings.map(({line}) => line),
		[7778, 19_999],
	);
});

test('files without a find, without text, and none at all', async t => {
	const place = emptyPlace(t, noServices);
	const clean = place.write('clean.json', '{"tides": 12}\n');
	const picture = place.write('sea.png', new Uint8Array([137, 80, 78, 71, 0, 1, 2]));
	const {exitCode, stdout, stderr} = await place.run(['scan', clean, picture]);
	assert.deepEqual([exitCode, stdout], [0, '']);
	assert.match(stderr, /sea\.png is no text and was not looked through\.\nNothing was found in 1 file\.\n$/);
	const empty = JSON.parse((await place.run(['scan', clean, '--json'])).stdout) as Json;
	assert.deepEqual(empty, {schema: 1, findings: [], total: 0, sessions: 0, files: 1});
	const folder = await place.run(['scan', place.root]);
	assert.equal(folder.exitCode, 2);
	assert.match(folder.stderr, /cannot be read \(EISDIR\)/);
	const none = emptyPlace(t);
	const missing = await none.run(['scan', 'nobody', ...withLogs(none)]);
	assert.equal(missing.exitCode, 1);
	assert.match(missing.stderr, /^No session matches "nobody"/);
});

test('test runs the rules of one file over all sessions, and shows where they hit', async t => {
	const place = emptyPlace(t);
	const logs = withLogs(place);
	place.write('redactions.yml', '- {id: own, type: literal, pattern: quiet}\n');
	const rules = place.write(
		'try.yml',
		'- {id: calm, type: word, pattern: known}\n- {id: idle, type: literal, pattern: nowhere at all}\n- {id: off, type: word, pattern: Use, enabled: false}\n',
	);
	const {exitCode, stdout, stderr} = await place.run(['test', rules, ...logs]);
	assert.equal(exitCode, 0, stderr);
	assert.match(stdout, new RegExp(`^${secondId} +1 +2 +prompt +text +calm +high +1$`, 'm'));
	assert.match(stdout, /^ {2}calm +[12] +1\n {2}idle +0 +0$/m);
	assert.equal(/github-pat|email|own|off/.test(stdout), false, 'only the rules of this file');
	const json = JSON.parse((await place.run(['test', rules, '--json', ...logs])).stdout) as Json;
	assert.equal(validate(json), true, ajv.errorsText(validate.errors));
	assert.deepEqual(
		json.rules?.map(({rule, sessions}) => [rule, sessions]),
		[
			['calm', 1],
			['idle', 0],
		],
	);
	const none = await place.run(['test']);
	assert.deepEqual([none.exitCode, none.stderr], [2, 'Which rulefile? Write codex-tui redactions test RULEFILE.\n']);
	const bad = await place.run(['test', place.write('bad.yml', '- {id: a}'), ...logs]);
	assert.equal(bad.exitCode, 2);
	assert.match(bad.stderr, /^Line 1 of .*bad\.yml: rule "a" has no pattern\./);
});
