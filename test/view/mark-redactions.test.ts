import assert from 'node:assert/strict';
import {test} from 'node:test';
import {countRedactions, markRedactions} from '../../source/view/mark-redactions.js';

const redacted = (...texts: string[]): string[] =>
	markRedactions(texts.map(text => ({text})))
		.filter(({tone}) => tone === 'redacted')
		.map(({text}) => text);

test('placeholders of both forms stand out, also where the end of a row cut them', () => {
	assert.deepEqual(redacted('a [REDACTED:github-pat#12] b [REDACTED:email#1]'), [
		'[REDACTED:github-pat#12]',
		'[REDACTED:email#1]',
	]);
	assert.deepEqual(redacted('…/redacted-gitlab-pat-3/shop'), ['redacted-gitlab-pat-3']);
	assert.deepEqual(redacted('token [REDACTED:gith…'), ['[REDACTED:gith…']);
	assert.deepEqual(redacted('token [REDACTED:github-pat#1…'), ['[REDACTED:github-pat#1…']);
});

test('the rest of a row keeps its text and look', () => {
	const row = [{text: 'with [REDACTED:email#1] in it', tone: 'code', bold: true}, {text: ' end'}] as const;
	assert.deepEqual(markRedactions(row), [
		{text: 'with ', tone: 'code', bold: true},
		{text: '[REDACTED:email#1]', tone: 'redacted', bold: true},
		{text: ' in it', tone: 'code', bold: true},
		{text: ' end'},
	]);
});

test('a row without placeholders is the same object', () => {
	const row = [{text: 'this was redacted by hand, and [REDACTED] too'}];
	assert.equal(markRedactions(row), row);
});

test('placeholders on screen are counted', () => {
	const rows = [[{text: '[REDACTED:email#1] and [REDACTED:email#2]'}], [{text: 'nothing'}]].map(markRedactions);
	assert.equal(countRedactions(rows), 2);
});
