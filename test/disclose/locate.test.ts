import assert from 'node:assert/strict';
import {test} from 'node:test';
import {locate} from '../../source/disclose/locate.js';

const found = (text: string, read: string): string | undefined => {
	const range = locate(text, read);
	return range && text.slice(range.start, range.end);
};

test('a text that was read on screen is found where it stands', () => {
	assert.equal(found('the lamp turns slowly', 'lamp turns'), 'lamp turns');
	assert.equal(found('the lamp turns slowly', 'lamp shines'), undefined);
	assert.equal(found('the lamp', ' \n'), undefined);
});

test('line ends and marks of Markdown between words make no difference', () => {
	assert.equal(found('the **lamp**\n- turns `slowly`', 'lamp turns slowly'), 'lamp**\n- turns `slowly');
});

test('letters that mean something in expressions stand for themselves', () => {
	assert.equal(found('cost (a+b)? \n [x]', '(a+b)? [x]'), '(a+b)? \n [x]');
});

test('where a placeholder was read, anything may stand', () => {
	assert.equal(
		found("PASSWORD='sea gulls' and more", "PASSWORD='[REDACTED:password#1]' and"),
		"PASSWORD='sea gulls' and",
	);
});
