import assert from 'node:assert/strict';
import test from 'node:test';
import {rowText} from '../../../source/text/cells.js';
import {fileDiffRows} from '../../../source/view/detail/diff.js';
import {parseChange, parsePatch} from '../../../source/view/detail/parse-patch.js';
import {shellOutputRows} from '../../../source/view/detail/shell-output.js';
import {markWords} from '../../../source/view/detail/word-marks.js';

const page = {width: 60, maxRows: 1000};
const output = (text: string) => shellOutputRows(text, page).map(row => rowText(row).trimEnd());

test('a diff between other lines is found and ends where its header says', () => {
	const text = [
		'$ git show',
		'diff --git a/cart.ts b/cart.ts',
		'index 1..2 100644',
		'--- a/cart.ts',
		'+++ b/cart.ts',
		'@@ -9,2 +9,3 @@ class Cart',
		' total() {',
		'+	return 0;',
		'+	// later',
		'-old',
		'+ 1 file checked',
		'- nothing else',
	].join('\n');
	assert.deepEqual(output(text), [
		'$ git show',
		'Update cart.ts +2 −1',
		'⋯ class Cart',
		' 9   total() {',
		'10 +     return 0;',
		'11 +     // later',
		'10 − old',
		'+ 1 file checked',
		'- nothing else',
	]);
});

test('lines that only look like a diff stay plain', () => {
	const text = '+ added\n- removed\n--- a/x\n+++ b/x\nno hunk\n@@ -1 +1 @@';
	assert.deepEqual(output(text), text.split('\n'));
	assert.equal(
		shellOutputRows(text, page)
			.flat()
			.some(span => span.tone !== undefined),
		false,
	);
});

test('output with colours of its own keeps them', () => {
	const rows = shellOutputRows('--- a/x\n+++ b/x\n@@ -1 +1 @@\n\x1b[31m-a\x1b[m\n\x1b[32m+b\x1b[m', page);
	assert.deepEqual(rows.at(-1), [{text: '+b', tone: 'ansi-2'}]);
});

test('new, deleted, renamed and binary files', () => {
	const text = [
		'diff --git a/new.txt b/new.txt',
		'new file mode 100644',
		'--- /dev/null',
		'+++ b/new.txt',
		'@@ -0,0 +1 @@',
		'+a',
		'\\ No newline at end of file',
		'diff --git a/old.ts b/lib/new.ts',
		'similarity index 100%',
		'rename from old.ts',
		'rename to lib/new.ts',
		'diff --git a/x.png b/x.png',
		'deleted file mode 100644',
		'Binary files a/x.png and /dev/null differ',
	].join('\n');
	assert.deepEqual(output(text), [
		'Add new.txt +1',
		'1 + a',
		'     No newline at end of file',
		'Move old.ts → lib/new.ts',
		'Delete x.png',
		'Binary files a/x.png and /dev/null differ',
	]);
});

test('a patch has files, moves and hunks without numbers', () => {
	const files = parsePatch(
		'*** Begin Patch\n*** Add File: a.md\n+# A\n*** Update File: b.ts\n*** Move to: c.ts\n@@ class B\n one\n-two\n+three\n@@\n four\n*** Delete File: d\n*** End Patch\n',
	);
	assert.deepEqual(
		files?.map(file => fileDiffRows(file, page).map(row => rowText(row).trimEnd())),
		[
			['Add a.md +1', '+ # A'],
			['Move b.ts → c.ts +1 −1', '⋯ class B', '  one', '− two', '+ three', '⋯', '  four'],
			['Delete d'],
		],
	);
	assert.equal(parsePatch('no patch here'), undefined);
});

test('a change may be a bare diff, a signed body or the whole content', () => {
	const rows = (diff: string, change: 'add' | 'update' | 'delete') =>
		fileDiffRows(parseChange({path: 'a', change, movedTo: null, diff}), page).map(row => rowText(row).trimEnd());
	assert.deepEqual(rows('@@ -3 +3 @@\n-a\n+b\n', 'update'), ['Update a +1 −1', '3 − a', '3 + b']);
	assert.deepEqual(rows('+one\n+two\n', 'add'), ['Add a +2', '+ one', '+ two']);
	assert.deepEqual(rows('one\n+two\n', 'add'), ['Add a +2', '1 + one', '2 + +two']);
	assert.deepEqual(rows('one\n', 'delete'), ['Delete a −1', '1 − one']);
});

test('changed words are tinted, unrelated lines are not compared', () => {
	const removed = {kind: 'removed', text: 'const total = items.length;', line: 1} as const;
	const added = {kind: 'added', text: 'const total = items.size;', line: 1} as const;
	assert.deepEqual(
		markWords([removed, added], 10)
			.get(added)
			?.filter(span => span.tone === 'added-word')
			.map(span => span.text),
		['size'],
	);
	assert.equal(markWords([removed, {...added, text: 'export default null'}], 10).size, 0);
	assert.equal(markWords([removed, added], 0).size, 0);
});

test('changes with hardly a gap between them are one, and what shares less than half is not compared', () => {
	const pair = (before: string, after: string): string[] | undefined => {
		const removed = {kind: 'removed', text: before, line: 1} as const;
		const added = {kind: 'added', text: after, line: 1} as const;
		return markWords([removed, added], 10)
			.get(added)
			?.map(({text, tone}) => (tone === 'added-word' ? `[${text}]` : text));
	};
	assert.deepEqual(pair('const value = [one, two];', 'const value = [three, four];'), [
		'const value = [',
		'[three, four]',
		'];',
	]);
	assert.equal(pair('the quick brown fox', 'the lazy old dog'), undefined);
});
