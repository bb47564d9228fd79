import assert from 'node:assert/strict';
import test from 'node:test';
import type {Key} from 'ink';
import {keyNames, typedText} from '../../source/app/key-names.js';

const none: Key = {
	upArrow: false,
	downArrow: false,
	leftArrow: false,
	rightArrow: false,
	pageDown: false,
	pageUp: false,
	home: false,
	end: false,
	return: false,
	escape: false,
	ctrl: false,
	shift: false,
	tab: false,
	backspace: false,
	delete: false,
	meta: false,
	super: false,
	hyper: false,
	capsLock: false,
	numLock: false,
};

const names = (input: string, key: Partial<Key>, expected: string[]): void => {
	test(`${JSON.stringify(input)} ${Object.keys(key).join(' ')} is ${expected.join(', ') || 'nothing'}`, () => {
		assert.deepEqual(keyNames(input, {...none, ...key}), expected);
	});
};

names('j', {}, ['j']);
names('jjj', {}, ['j', 'j', 'j']);
names('j\r', {}, ['j', 'enter']);
names('/ab\r', {}, ['/', 'a', 'b', 'enter']);
names('日本', {}, ['日', '本']);
names('👩‍👩‍👧‍👦', {}, ['👩‍👩‍👧‍👦']);
names(' ', {}, ['space']);
names('', {upArrow: true}, ['up']);
names('', {return: true}, ['enter']);
names('', {tab: true, shift: true}, ['shift-tab']);
names('', {escape: true}, ['escape']);
names('', {backspace: true}, ['backspace']);
names('d', {ctrl: true}, ['ctrl-d']);
names('c', {ctrl: true}, ['ctrl-c']);
names('x', {meta: true}, ['alt-x']);
names('G', {shift: true}, ['G']);
names('', {}, []);

test('only single characters type text', () => {
	assert.equal(typedText('a'), 'a');
	assert.equal(typedText('space'), ' ');
	assert.equal(typedText('🇩🇪'), '🇩🇪');
	assert.equal(typedText('enter'), undefined);
	assert.equal(typedText('ctrl-x'), undefined);
});
