import assert from 'node:assert/strict';
import {test} from 'node:test';
import {copyText} from '../../source/cli/copy-text.js';

const surroundings = ({
	env = {},
	isTTY = true,
	fails = false,
}: {
	env?: NodeJS.ProcessEnv;
	isTTY?: boolean;
	fails?: boolean;
}) => {
	const written: string[] = [];
	const copied: string[] = [];
	return {
		written,
		copied,
		env,
		output: {isTTY, write: (text: string) => written.push(text) > 0} as unknown as NodeJS.WriteStream,
		clipboard: async () => ({
			async write(text: string) {
				if (fails) {
					throw new Error('no display');
				}

				copied.push(text);
			},
		}),
	};
};

const sequence = (text: string): string => `\u{1B}]52;c;${Buffer.from(text).toString('base64')}\u{7}`;

test('a text goes to the clipboard of the system', async () => {
	const here = surroundings({});
	assert.equal(await copyText('gull', here), 'system');
	assert.deepEqual([here.copied, here.written], [['gull'], []]);
});

test('over SSH, and where there is no clipboard, the terminal is asked', async () => {
	const remote = surroundings({env: {SSH_TTY: '/dev/pts/1'}});
	assert.equal(await copyText('gull 🐦', remote), 'terminal');
	assert.deepEqual([remote.copied, remote.written], [[], [sequence('gull 🐦')]]);
	const bare = surroundings({fails: true});
	assert.equal(await copyText('gull', bare), 'terminal');
	assert.deepEqual(bare.written, [sequence('gull')]);
});

test('what nothing takes is said', async () => {
	assert.equal(await copyText('gull', surroundings({fails: true, isTTY: false})), undefined);
	assert.equal(await copyText('g'.repeat(100_000), surroundings({fails: true})), undefined);
});
