import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import test from 'node:test';
import {createReplyGuard} from '../../source/app/late-replies.js';
import {askBackground, brightnessOf, splitReplies} from '../../source/panes/terminal-background.js';

const terminal = (answer: (question: string, keyboard: PassThrough) => void) => {
	const keyboard = new PassThrough();
	const input = Object.assign(keyboard, {
		isTTY: true as const,
		setRawMode: () => input,
	}) as unknown as NodeJS.ReadStream;
	const output = {
		isTTY: true as const,
		write(text: string) {
			answer(text, keyboard);
			return true;
		},
	} as unknown as NodeJS.WriteStream;
	return {input, output, keyboard};
};

test('brightness is judged as the eye does', () => {
	assert.equal(brightnessOf('rgb:1a1a/1b1b/2626'), 'dark');
	assert.equal(brightnessOf('rgb:ff/ff/ff'), 'light');
	assert.equal(brightnessOf('rgb:0000/0000/ffff'), 'dark');
	assert.equal(brightnessOf('rgb:0000/ffff/0000'), 'light');
	assert.equal(brightnessOf('nonsense'), undefined);
});

test('answers are taken out of what was typed', () => {
	assert.deepEqual(splitReplies('j\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\k\u{1B}[?62;4cq'), {
		background: 'light',
		isComplete: true,
		typed: 'jkq',
	});
	assert.deepEqual(splitReplies('\u{1B}]11;rgb:0/0/0\u{7}'), {background: 'dark', isComplete: false, typed: ''});
});

test('a terminal that answers is not waited for longer', async () => {
	const {input, output} = terminal((_, keyboard) => keyboard.write('\u{1B}]11;rgb:0000/0000/0000\u{1B}\\\u{1B}[?1c'));
	const startedAt = performance.now();
	assert.equal(await askBackground(input, output, 2000), 'dark');
	assert.ok(performance.now() - startedAt < 1000);
});

test('a terminal that knows no colours says so by its kind alone', async () => {
	const {input, output} = terminal((_, keyboard) => keyboard.write('\u{1B}[?1;2c'));
	assert.equal(await askBackground(input, output, 2000), undefined);
});

test('keys typed meanwhile are there for the next reader', async () => {
	const {input, output, keyboard} = terminal((_, out) => out.write('jj\u{1B}[?1c'));
	await askBackground(input, output, 500);
	assert.equal(String(keyboard.read()), 'jj');
});

test('a silent terminal costs the time given, and none is asked without one', async () => {
	const {input, output} = terminal(() => {});
	assert.equal(await askBackground(input, output, 10), undefined);
	assert.equal(await askBackground(input, {...output, isTTY: false} as unknown as NodeJS.WriteStream, 10), undefined);
});

test('an answer that comes late is no key', () => {
	let now = 0;
	const replies: string[] = [];
	const guard = createReplyGuard(
		100,
		reply => replies.push(reply),
		() => now,
	);
	assert.deepEqual(guard(['j', 'alt-]']), ['j']);
	assert.deepEqual(guard(['1', '1', ';', 'q']), []);
	assert.deepEqual(guard(['alt-\\', 'k']), ['k']);
	assert.deepEqual(replies, ['11;q']);
	now = 200;
	assert.deepEqual(guard(['alt-]', 'q']), ['alt-]', 'q']);
});
