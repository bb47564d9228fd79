import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {showValue} from '../../source/disclose/show-value.js';
import {assembleRedactor} from '../../source/redact/assemble.js';
import type {Place} from '../../source/redact/engine/detector.js';
import {Numbering} from '../../source/redact/placeholder.js';
import type {Redacted} from '../../source/redact/redactor.js';
import {fromRecipe} from '../helpers/secret-samples.js';

const hidden = '[REDACTED:all#1]' as Redacted;
const hideAll = (): Redacted => hidden;
const leave = (text: string): Redacted => text as Redacted;

/** Every string inside a value, whatever holds it; names of fields and keys of maps are none. */
const stringsIn = (value: unknown): string[] => {
	if (typeof value === 'string') {
		return [value];
	}

	if (value instanceof Map || value instanceof Set || Array.isArray(value)) {
		return [...value.values()].flatMap(stringsIn);
	}

	return typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
		? Object.values(value).flatMap(stringsIn)
		: [];
};

/** Anything that a store may answer. */
const values = fc.letrec(tie => ({
	value: fc.oneof(
		{depthSize: 'medium'},
		fc.string({minLength: 4, unit: 'binary'}),
		fc.integer(),
		fc.constantFrom(null, undefined, true, 12n),
		fc.array(tie('value'), {maxLength: 4}),
		fc.dictionary(fc.string(), tie('value'), {maxKeys: 4}),
		fc.array(fc.tuple(fc.string(), tie('value')), {maxLength: 3}).map(entries => new Map(entries)),
		fc.array(tie('value'), {maxLength: 3}).map(items => new Set(items)),
	),
})).value;

const isHarmless = (text: string): boolean => /^(?:[\da-f]{8}-[\da-f-]{27}|\d{4}-\d\d-\d\d.*)$/s.test(text);

test('every text at any depth is hidden, and nothing else changes', () => {
	fc.assert(
		fc.property(values, value => {
			const before = stringsIn(value);
			const after = stringsIn(showValue(value, hideAll));
			// Equal texts become one in a set.
			assert.ok(after.length <= before.length && (before.length === 0 || after.length > 0));
			assert.deepEqual(
				after.filter(text => text !== hidden && !isHarmless(text)),
				[],
			);
		}),
	);
});

test('what has nothing to hide stays the same object', () => {
	fc.assert(
		fc.property(values, value => {
			assert.equal(showValue(value, leave), value);
		}),
	);
});

test('a neighbour of what changed stays the same object', () => {
	const value = {kept: {text: 'calm'}, list: [{text: 'calm'}, {text: 'storm'}], map: new Map([['a', ['calm']]])};
	const shown = showValue(value, text => (text === 'storm' ? hidden : leave(text)));
	assert.notEqual(shown, value);
	assert.equal(shown.kept, value.kept);
	assert.equal(shown.list[0], value.list[0]);
	assert.equal(shown.map, value.map);
	assert.deepEqual(shown.list[1], {text: hidden});
	assert.equal(value.list[1]?.text, 'storm', 'the value itself is left alone');
});

test('a token is found wherever it stands, beside values of every other kind', () => {
	const redactor = assembleRedactor();
	const pat = fromRecipe('ghp_<A36>');
	const show = (text: string): Redacted => redactor.redact(text, new Numbering());
	fc.assert(
		fc.property(values, fc.array(fc.constantFrom('list', 'field', 'map', 'set'), {maxLength: 6}), (beside, path) => {
			let value: unknown = `use ${pat} here`;
			for (const step of path) {
				const holders = {
					list: () => [beside, value],
					field: () => ({beside, value}),
					map: () => new Map([['key', value]]),
					set: () => new Set([value]),
				};
				value = holders[step]();
			}

			const texts = stringsIn(showValue(value, show));
			assert.ok(texts.some(text => text === 'use [REDACTED:github-pat#1] here'));
			assert.ok(texts.every(text => !text.includes(pat)));
		}),
		{numRuns: 60},
	);
});

test('each text is told the field that it stands in, as rules name it', () => {
	const seen: [string, Place][] = [];
	const note = (text: string, place: Place): Redacted => {
		seen.push([text, place]);
		return leave(text);
	};
	showValue({gitBranch: 'main', title: 'Tides', events: [{changes: [{path: 'a.ts'}], output: 'done'}]}, note);
	showValue({text: 'asked', images: [{source: 'b.png'}]}, note, 'prompt', true);
	assert.deepEqual(seen, [
		['main', {field: 'git.branch', isPrompt: false}],
		['Tides', {field: 'title', isPrompt: false}],
		['a.ts', {field: 'events.changes.path', isPrompt: false}],
		['done', {field: 'events.output', isPrompt: false}],
		['asked', {field: 'prompt.text', isPrompt: true}],
		['b.png', {field: 'prompt.images.source', isPrompt: false}],
	]);
});

test('keys and times are passed over, what only begins like them is not', () => {
	const kept = ['0196c0de-0000-7000-8000-000000000001', '2026-02-03', '2026-02-03T10:00:00.000Z', 'abc', ''];
	assert.deepEqual(showValue(kept, hideAll), kept);
	const looked = [
		'0196c0de-0000-7000-8000-000000000001 and more',
		'2026-02-03T10:00:00.000Z token',
		'0196C0DE-0000-7000-8000-00000000000g',
		'word',
	];
	assert.deepEqual(
		showValue(looked, hideAll),
		looked.map(() => hidden),
	);
});

test('bytes, numbers and names of fields are left as they are', () => {
	const value = {bytes: new Uint8Array([1, 2]), count: 3, big: 4n, none: null, missing: undefined, isSo: true};
	assert.equal(showValue(value, hideAll), value);
	assert.deepEqual(Object.keys(showValue({fieldName: 'text'}, hideAll)), ['fieldName']);
});
