import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Covering} from '../../source/app/covering.js';
import type {Choice, FoundValue, Subject} from '../../source/disclose/triage.js';
import {unredacted} from '../../source/disclose/unredacted.js';
import type {Redacted} from '../../source/redact/redactor.js';
import {rowText} from '../../source/text/cells.js';
import {driveExplorer} from '../helpers/drive-explorer.js';
import {createMemoryStore} from '../helpers/memory-store.js';

const shown = (text: string): Redacted => text as unknown as Redacted;

const found = (key: number, ruleId: string, more: Partial<FoundValue> = {}): FoundValue => ({
	key,
	placeholder: shown(`[REDACTED:${ruleId}#1]`),
	ruleId,
	class: 'secret',
	confidence: 'high',
	count: key + 1,
	places: [],
	context: shown(`beside [REDACTED:${ruleId}#1]`),
	...more,
});

const drive = async (size: {columns?: number; rows?: number} = {}) => {
	const store = createMemoryStore({
		summary: {id: 7},
		prompts: [
			{text: 'Turn the lamp slower', events: [{kind: 'notice', level: 'info', text: 'The lamp turns slower now'}]},
		],
	});
	const decided: [Subject, Choice][] = [];
	const asked: string[] = [];
	let values = [found(0, 'github-pat'), found(1, 'password', {confidence: 'medium'})];
	const covering: Covering = {
		outgoing: unredacted(store),
		check: async () => [],
		reveal: async () => {},
		triage: {
			async findings() {
				asked.push('findings');
				return values;
			},
			async decide(_session, subject, choice) {
				decided.push([subject, choice]);
				return 1;
			},
			async compare() {
				return [
					{field: 'text', before: 'the word gull', after: shown('the word [REDACTED:manual#1]')},
					{field: 'command', before: 'ls', after: shown('ls')},
				];
			},
			async undo() {
				asked.push('undo');
				return {id: 1, kind: 'add'} as const;
			},
		},
		onChange() {},
		onFailure() {},
	};
	const driven = await driveExplorer({store, covering, ...size});
	const lines = (): string[] => {
		const {overlay} = driven.explorer.screen();
		return overlay ? [overlay.heading, ...overlay.head, ...overlay.rows].map(row => rowText(row).trimEnd()) : [];
	};
	/** One key after the other, each when the one before has been answered. */
	const press = async (...keys: string[]): Promise<void> => {
		for (const key of keys) {
			await driven.press(key);
		}
	};
	const reorder = (): void => {
		values = values.toReversed().map((value, key) => ({...value, key}));
	};
	return {...driven, press, decided, asked, lines, reorder};
};

test('finds are listed with rule, certainty, count and place', async () => {
	const {press, lines} = await drive();
	await press('R');
	assert.match(lines()[0] ?? '', /Found in this session {2}2 values/);
	assert.match(lines()[2] ?? '', /^github-pat +high +1 +beside \[REDACTED:github-pat#1\]|^github-pat +high +1/);
	assert.match(lines()[3] ?? '', /^password +medium +2/);
});

test('narrow screens keep rule and count', async () => {
	const {press, lines} = await drive({columns: 40, rows: 12});
	await press('R');
	assert.match(lines()[2] ?? '', /^github-pat .* 1$/);
});

test('a find is confirmed with one key', async () => {
	const {press, decided, status, lines} = await drive();
	await press('R', 'j', 'a');
	assert.deepEqual(decided, [
		[
			{what: 'finding', key: 1},
			{action: 'redact', scope: 'session', reason: 'Confirmed', replacement: null},
		],
	]);
	assert.match(status(), /redacted from now on/);
	assert.match(lines()[0] ?? '', /Found in this session/, 'the list is there again');
});

test('a find that is none is asked about: where, and why', async () => {
	const {press, decided} = await drive();
	await press('R', 'x', 'j', 'enter', 'j', 'enter');
	assert.deepEqual(decided, [
		[
			{what: 'finding', key: 0},
			{action: 'allow', scope: 'everywhere', reason: 'Example value', replacement: null},
		],
	]);
});

test('a reason can be typed, and an empty one is not taken', async () => {
	const {press, decided, status} = await drive();
	await press('R', 'x', 'enter', 'k', 'enter');
	await press('enter');
	assert.match(status(), /needs a reason/);
	await press(...'seen in public', 'enter');
	assert.equal(decided[0]?.[1].reason, 'seen in public');
});

test('what stands for a find can be named', async () => {
	const {press, decided} = await drive();
	await press('R', 'e', ...'<token>', 'enter', 'enter');
	assert.deepEqual(decided[0]?.[1], {action: 'redact', scope: 'session', reason: 'Secret', replacement: '<token>'});
});

test('leaving a menu decides nothing and leads back to the list', async () => {
	const {press, decided, lines} = await drive();
	await press('R', 'x', 'escape');
	assert.deepEqual(decided, []);
	assert.match(lines()[0] ?? '', /Found in this session/);
	await press('escape');
	assert.deepEqual(lines(), []);
});

test('decisions are taken back, and the list is read again', async () => {
	const {press, asked, status} = await drive();
	await press('R', 'u');
	assert.deepEqual(asked, ['findings', 'undo', 'findings']);
	assert.match(status(), /taken back/);
});

test('words selected in the detail are redacted where a person says', async () => {
	const {press, decided, explorer} = await drive();
	await press('enter', 'enter', 'j', 'enter', 'v', 'l', 'v', 'l');
	const detail = explorer.screen().panes.find(({id}) => id === 'detail');
	const inverted = detail?.rows.flat().filter(({inverse}) => inverse);
	assert.equal(inverted?.map(({text}) => text).join(''), 'lamp turns');
	await press('enter', 'j', 'enter', 'j', 'enter');
	assert.equal(decided.length, 1);
	const [subject, choice] = decided[0] ?? [];
	assert.equal(subject?.what === 'selection' && subject.text, 'lamp turns');
	assert.deepEqual(choice, {action: 'redact', scope: 'session', reason: 'Personal data', replacement: null});
	assert.equal(explorer.state().selection, undefined);
});

test('a whole event needs no scope', async () => {
	const {press, decided} = await drive();
	await press('enter', 'enter', 'j', 'enter', 'v', 'e', 'enter', 'enter');
	assert.equal(decided[0]?.[0].what, 'event');
	assert.equal(decided[0]?.[1].scope, 'place');
});

test('a selection ends with Esc, and with the event that it was in', async () => {
	const {press, explorer} = await drive();
	await press('enter', 'enter', 'j', 'enter', 'v');
	assert.ok(explorer.state().selection);
	await press('escape');
	assert.equal(explorer.state().selection, undefined);
	assert.equal(explorer.state().focus, 'detail');
});

test('an event is shown beside what would leave of it', async () => {
	const {press, lines} = await drive();
	await press('enter', 'enter', 'D');
	assert.deepEqual(lines().slice(0, 5), [
		'As it is, and as it would leave',
		'text',
		`${'the word gull'.padEnd(56)} │ the word [REDACTED:manual#1]`,
		'',
		'One text stays as it is.',
	]);
});

test('the value that is selected stays so when what was decided changes the order', async () => {
	const {press, decided, reorder} = await drive();
	await press('R');
	reorder();
	await press('a', 'a');
	assert.deepEqual(
		decided.map(([subject]) => subject),
		[
			{what: 'finding', key: 0},
			{what: 'finding', key: 1},
		],
	);
});
