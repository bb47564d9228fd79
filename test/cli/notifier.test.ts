import assert from 'node:assert/strict';
import test from 'node:test';
import {notifier} from '../../source/cli/notifier.js';
import {hostileTexts} from '../helpers/sample-sessions.js';

const written = (how: 'off' | 'bell' | 'osc9', text: string): string => {
	let all = '';
	notifier(how, {
		write(piece: string) {
			all += piece;
			return true;
		},
	})(text);
	return all;
};

test('nothing, the bell, or a notification with a text', () => {
	assert.equal(written('off', 'Paint the hull is done'), '');
	assert.equal(written('bell', 'Paint the hull is done'), '\u0007');
	assert.equal(written('osc9', 'Paint the hull is done'), '\u001B]9;Paint the hull is done\u0007');
});

test('a title cannot leave the notification', () => {
	for (const text of [...hostileTexts, `${'long '.repeat(200)}`]) {
		const all = written('osc9', text);
		assert.match(all, /^\u001B\]9;[^\p{Cc}\u202E\u2028]*\u0007$/u, JSON.stringify(text));
		assert.ok(all.length < 400, 'and is short');
	}
});
