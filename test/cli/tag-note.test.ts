import assert from 'node:assert/strict';
import {test} from 'node:test';
import {longestNote} from '../../source/model/annotation.js';
import {memoryAnnotations} from '../helpers/memory-annotations.js';
import {runCommand} from './run-command.js';
import {sampleSession} from './sample-session.js';

const {threadId} = sampleSession;

test('tag adds, takes away and lists', async t => {
	const annotations = memoryAnnotations();
	const tag = async (...words: string[]) => runCommand(t, ['tag', 'last', ...words], {annotations});
	assert.deepEqual(await tag().then(({exitCode, stdout}) => [exitCode, stdout]), [0, '']);
	assert.equal((await tag('+upload', '+area/Retry_2.0', '+Größe')).stdout, 'Größe\narea/Retry_2.0\nupload\n');
	assert.equal((await tag('-UPLOAD', '+v1')).stdout, 'Größe\narea/Retry_2.0\nv1\n');
	assert.equal((await tag()).stdout, 'Größe\narea/Retry_2.0\nv1\n');
	assert.equal((await tag('--', '-v1')).stdout, 'Größe\narea/Retry_2.0\n');
	const show = await runCommand(t, ['show', threadId.slice(0, 12)], {annotations});
	assert.match(show.stdout, /^ {2}Tags {5}Größe area\/Retry_2\.0$/m);
});

const mistakes: [args: string[], sentence: RegExp][] = [
	[['tag'], /^Which session\? Write codex-tui tag SESSION/],
	[['tag', 'last', 'bug'], /^"bug" has no sign\. Write \+bug to add the tag, or -bug to take it away\.$/],
	[['tag', 'last', '+a b'], /^"a b" is no tag\. Use letters, digits and - _ \. \/ only/],
	[['tag', 'last', '+'], /^"" is no tag\./],
	[['tag', 'last', `+${'x'.repeat(41)}`], /too long\. Use 40 characters at most\.$/],
	[['tag', 'last', '+bug', '-BUG'], /added and taken away at once/],
	[['tag', 'last', '+a', '--jsn'], /^Unknown flag --jsn/],
	[['tag', 'nobody', '+a'], /^No session matches "nobody"/],
	[['note', 'last', 'x'.repeat(longestNote + 1)], /^The note has 2001 characters\. Use 2000 at most\.$/],
	[['sessions', '-old'], /^Unknown flag -old/],
];

for (const [args, sentence] of mistakes) {
	test(`a sentence instead of a change: ${args.join(' ').slice(0, 40)}`, async t => {
		const annotations = memoryAnnotations();
		const {exitCode, stdout, stderr} = await runCommand(t, args, {annotations});
		assert.equal(exitCode, args[1] === 'nobody' ? 1 : 2);
		assert.equal(stdout, '');
		assert.match(stderr.trimEnd(), sentence);
		assert.equal((await annotations.sessions()).size, 0);
	});
}

test('help of tag is not taken for a tag', async t => {
	const {exitCode, stdout} = await runCommand(t, ['tag', 'last', '-h']);
	assert.equal(exitCode, 0);
	assert.match(stdout, /codex-tui tag SESSION \[\+TAG\|-TAG …\]/);
});

test('a note is written on one line, printed cleaned, replaced and taken away', async t => {
	const annotations = memoryAnnotations();
	const note = async (...words: string[]) => (await runCommand(t, ['note', 'last', ...words], {annotations})).stdout;
	assert.equal(await note(), '');
	assert.equal(await note('Fixed in', ' 2.1,\n ask\tKim '), 'Fixed in 2.1, ask Kim\n');
	assert.equal(await note(), 'Fixed in 2.1, ask Kim\n');
	assert.equal((await annotations.sessions()).get(threadId)?.note, 'Fixed in 2.1, ask Kim');
	assert.equal(await note('red \u001B[31mink'), 'red ink\n');
	assert.match((await runCommand(t, ['show', 'last'], {annotations})).stdout, /^ {2}Note {5}red ink$/m);
	assert.equal(await note(''), '');
	assert.equal((await annotations.sessions()).get(threadId)?.note, null);
});
