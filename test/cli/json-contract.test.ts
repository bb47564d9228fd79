import assert from 'node:assert/strict';
import fs from 'node:fs';
import {test} from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import {eventJson} from '../../source/cli/json-output.js';
import {reportModes} from '../../source/report/request.js';
import {memoryAnnotations} from '../helpers/memory-annotations.js';
import {reportPlace} from '../helpers/report-place.js';
import {threadId} from '../helpers/rollout.js';
import {fullLog, logOf, otherId, otherLog} from '../report/sample-logs.js';
import {runCommand} from './run-command.js';
import {sampleEvents, sampleFile, samplePrelude, samplePrompt, sampleSession} from './sample-session.js';

const schemaUrl = new URL('../../docs/json.schema.json', import.meta.url);
type Definition = {properties?: {line?: unknown; kind: {const?: string; enum?: string[]}}};

const schema = JSON.parse(fs.readFileSync(schemaUrl, 'utf8'));
const definitions = Object.values(schema.$defs as Record<string, Definition>);
const ajv = new Ajv.default({strict: true, allowUnionTypes: true, allErrors: true});
const validate = ajv.compile(schema);
const validateEvent: (json: unknown) => boolean = ajv.compile({$ref: '#/$defs/event', $defs: schema.$defs});

const assertValid = (json: unknown): void => {
	const isValid = validate(json);
	assert.ok(isValid, ajv.errorsText(validate.errors, {separator: '\n'}));
};

test('sessions --json follows the schema', async t => {
	const json = JSON.parse((await runCommand(t, ['sessions', '--json'])).stdout);
	assertValid(json);
	assert.equal(json.sessions[0].id, sampleSession.threadId);
	assert.equal(json.sessions[0].redactions, 2);
	const unredacted = JSON.parse((await runCommand(t, ['sessions', '--json', '--no-redact'])).stdout);
	assertValid(unredacted);
	assert.equal(unredacted.sessions[0].redactions, null);
});

test('show --json follows the schema', async t => {
	const json = JSON.parse((await runCommand(t, ['show', 'last', '--json'])).stdout);
	assertValid(json);
	assert.deepEqual(Object.keys(json), ['schema', 'session', 'marked', 'prelude', 'prompts']);
	assert.equal(json.prelude.events.length, samplePrelude.length);
	assert.equal(json.prompts[0].events.length, sampleEvents.length);
	assert.deepEqual(json.session.git, {
		branch: 'main',
		commit: '0123456789abcdef0123456789abcdef01234567',
		repositoryUrl: null,
	});
	assert.deepEqual(json.prompts[0].events[5].changes, [{path: 'src/upload.ts', change: 'update', movedTo: null}]);
});

test('what people added stands beside what it was added to', async t => {
	const annotations = memoryAnnotations();
	await annotations.tag([sampleSession.threadId], {add: ['uploads', 'Bug'], remove: []});
	await annotations.noteSession(sampleSession.threadId, 'Ask Kim.');
	await annotations.dispose(samplePrompt.id, 'needs-review');
	await annotations.notePrompt(samplePrompt.id, 'Twice?');
	await annotations.bookmark(8, true);
	const show = JSON.parse((await runCommand(t, ['show', 'last', '--json'], {annotations})).stdout);
	assertValid(show);
	assert.deepEqual([show.session.tags, show.session.note], [['Bug', 'uploads'], 'Ask Kim.']);
	assert.deepEqual([show.prompts[0].disposition, show.prompts[0].note], ['needs-review', 'Twice?']);
	assert.deepEqual(show.marked, [{path: sampleFile.path, line: 8, bookmarked: true, note: null}]);
	const list = JSON.parse((await runCommand(t, ['sessions', '--json'], {annotations})).stdout);
	assertValid(list);
	assert.deepEqual(list.sessions[0], show.session);
});

for (const event of [...samplePrelude, ...sampleEvents]) {
	test(`the schema describes ${event.kind} on line ${event.line}`, () => {
		const json = JSON.parse(JSON.stringify(eventJson(event)));
		const isValid = validateEvent(json);
		assert.ok(isValid, JSON.stringify(json));
		assert.equal(json.kind, event.kind);
		assert.equal(json.line, event.line);
		assert.equal(json.at, event.at);
	});
}

test('the sample has an event of every kind that the schema knows', () => {
	const kinds = definitions.flatMap(({properties}) => {
		const kind = properties?.line === undefined ? undefined : properties.kind;
		// A hit of a search may be of any kind.
		return kind?.enum ?? (kind?.const === undefined ? [] : [kind.const]);
	});
	const sampled = new Set([...samplePrelude, ...sampleEvents].map(({kind}) => kind as string));
	assert.deepEqual([...sampled].sort(), kinds.sort());
});

test('report --format json follows the schema', async t => {
	const place = reportPlace(t);
	place.write(logOf(threadId), fullLog);
	place.write(logOf(otherId), otherLog);
	for (const {id: mode} of reportModes) {
		const {stdout, exitCode, stderr} = await place.run('report', '--format', 'json', '--mode', mode, '--cap', '600');
		assert.equal(exitCode, 0, stderr);
		const json = JSON.parse(stdout);
		assertValid(json);
		assert.equal(json.sessions.length, 2);
		assert.equal(json.sessions[0].prompts.length, 2);
		assert.equal(json.sessions[0].prompts[0].prompt.events.length > 0, mode !== 'prompts' && mode !== 'usage', mode);
		assert.deepEqual(
			json.closing.problems.map(({line}: {line: number}) => line),
			[14],
		);
	}

	const event = JSON.parse((await place.run('report', `${threadId}:19`, '--format', 'json', '--cap', '600')).stdout);
	assertValid(event);
	assert.deepEqual(event.sessions[0].prompts[0].cuts, [{line: 19, characters: 5704}]);
	assert.equal(event.usage, null);
});

test('docs/json.md names every field of the schema', () => {
	const text = fs.readFileSync(new URL('../../docs/json.md', import.meta.url), 'utf8');
	const fields = new Set(definitions.flatMap(({properties}) => Object.keys(properties ?? {})));
	const missing = [...fields].filter(field => !new RegExp(`\\b${field}\\b`).test(text));
	assert.deepEqual(missing, []);
});
