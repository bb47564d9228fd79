import assert from 'node:assert/strict';
import {test} from 'node:test';
import {LogValues} from '../../source/ingest/log-values.js';
import {assembleRedactor} from '../../source/redact/assemble.js';
import {fromRecipe} from '../helpers/secret-samples.js';

const text = (at: number, name = 'API_KEY='): {field: string; text: string}[] => [
	{field: 'output', text: `${name}${fromRecipe('<A32>', at)}`},
];

test('what a log named is known in its later texts, and only what names something new teaches', () => {
	const values = new LogValues(assembleRedactor(), 'thread', value => Buffer.from(value));
	assert.deepEqual(
		[text(1), text(1), text(1, 'it was '), text(2), text(3, 'it was ')].map(texts => {
			const {values: met, isLesson} = values.look(texts);
			return [met.length, isLesson];
		}),
		[
			[1, true],
			[1, false],
			[1, false],
			[1, true],
			[0, false],
		],
	);
});

test('a log of too many values is still looked through, and every text with values teaches from then on', () => {
	const values = new LogValues(assembleRedactor(), 'thread', value => Buffer.from(value), 2);
	const looked = [text(1), text(2), text(3), text(3, 'it was '), text(2, 'it was ')].map(texts => values.look(texts));
	assert.deepEqual(
		looked.map(({values: met, isLesson}) => [met.length, isLesson]),
		[
			[1, true],
			[1, true],
			[1, true],
			[0, false],
			[1, true],
		],
	);
});
