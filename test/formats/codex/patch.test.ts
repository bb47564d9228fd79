import assert from 'node:assert/strict';
import {test} from 'node:test';
import {changesOfMap, changesOfPatch, patchInside} from '../../../source/formats/codex/patch.js';
import type {Json} from '../../../source/formats/json.js';
import type {FileChange} from '../../../source/model/log-event.js';

const add: FileChange = {path: 'tables/roscoff.csv', change: 'add', movedTo: null, diff: '+hour,height\n+14:20,8.1'};
const update: FileChange = {
	path: 'source/tides.ts',
	change: 'update',
	movedTo: null,
	diff: '@@ const harbours\n-brest\n+roscoff\n same',
};

const patchText = (...body: string[]): string => ['*** Begin Patch', ...body, '*** End Patch'].join('\n');
const addText = ['*** Add File: tables/roscoff.csv', '+hour,height', '+14:20,8.1'];
const updateText = ['*** Update File: source/tides.ts', '@@ const harbours', '-brest', '+roscoff', ' same'];

const patches: [name: string, patch: string, expected: FileChange[]][] = [
	['adds a file', patchText(...addText), [add]],
	['updates a file', patchText(...updateText), [update]],
	[
		'deletes a file',
		patchText('*** Delete File: old.txt'),
		[{path: 'old.txt', change: 'delete', movedTo: null, diff: ''}],
	],
	[
		'moves a file',
		patchText('*** Update File: a b.ts', '*** Move to: c d.ts', '@@', '-x', '+y'),
		[{path: 'a b.ts', change: 'move', movedTo: 'c d.ts', diff: '@@\n-x\n+y'}],
	],
	[
		'touches several files',
		patchText(...addText, ...updateText, '*** Delete File: old.txt'),
		[add, update, {path: 'old.txt', change: 'delete', movedTo: null, diff: ''}],
	],
	['stands after other text', `Here you go:\n${patchText(...addText)}\nDone.`, [add]],
	['was cut short', patchText(...addText, ...updateText).replace('\n*** End Patch', ''), [add, update]],
	[
		'has Windows line ends',
		patchText('*** Delete File: old.txt').replaceAll('\n', '\r\n'),
		[{path: 'old.txt', change: 'delete', movedTo: null, diff: ''}],
	],
	['names no file', patchText('+x'), []],
	['is none', '+just text', []],
	['is empty', '', []],
];

for (const [name, patch, expected] of patches) {
	test(`a patch that ${name}`, () => {
		assert.deepEqual(changesOfPatch(patch), expected);
	});
}

const diff = '@@ -1 +1 @@\n-x\n+y\n';

const maps: [name: string, changes: Json, expected: FileChange[]][] = [
	['nothing', {}, []],
	[
		'an added file',
		{'a.txt': {type: 'add', content: 'x\ny\n'}},
		[{path: 'a.txt', change: 'add', movedTo: null, diff: '+x\n+y'}],
	],
	[
		'an added file, the older way',
		{'a.txt': {add: {content: 'x\n'}}},
		[{path: 'a.txt', change: 'add', movedTo: null, diff: '+x'}],
	],
	[
		'a deleted file',
		{'a.txt': {type: 'delete', content: 'x'}},
		[{path: 'a.txt', change: 'delete', movedTo: null, diff: '-x'}],
	],
	[
		'a deleted file, the older way',
		{'a.txt': {delete: {content: 'x'}}},
		[{path: 'a.txt', change: 'delete', movedTo: null, diff: '-x'}],
	],
	[
		'an updated file',
		{'a.txt': {type: 'update', unified_diff: diff, move_path: null}},
		[{path: 'a.txt', change: 'update', movedTo: null, diff}],
	],
	[
		'an updated file, the older way',
		{'a.txt': {update: {unified_diff: diff, move_path: null}}},
		[{path: 'a.txt', change: 'update', movedTo: null, diff}],
	],
	[
		'a moved file',
		{'a.txt': {type: 'update', unified_diff: diff, move_path: 'b.txt'}},
		[{path: 'a.txt', change: 'move', movedTo: 'b.txt', diff}],
	],
	[
		'a file without content',
		{'a.txt': {type: 'delete'}},
		[{path: 'a.txt', change: 'delete', movedTo: null, diff: null}],
	],
	['a file told in no known way', {'a.txt': null}, [{path: 'a.txt', change: 'update', movedTo: null, diff: null}]],
];

for (const [name, changes, expected] of maps) {
	test(`a map of changes with ${name}`, () => {
		assert.deepEqual(changesOfMap(changes), expected);
	});
}

const patch = patchText(...addText);

const commands: [name: string, words: string[], expected: string | null][] = [
	['as an argument', ['apply_patch', patch], patch],
	['by its older name', ['applypatch', patch], patch],
	['as a here-document', ['bash', '-lc', `apply_patch <<'EOF'\n${patch}\nEOF\n`], patch],
	['as a here-document in another folder', ['bash', '-lc', `cd web && apply_patch <<'EOF'\n${patch}\nEOF`], patch],
	['by path', ['/usr/bin/apply_patch', patch], patch],
	['without an end', ['apply_patch', patch.replace('*** End Patch', '')], null],
	['only by name', ['rg', 'apply_patch'], null],
	['in a file to read', ['bash', '-lc', `cat <<'EOF'\n${patch}\nEOF`], null],
	['inside another word', ['my_apply_patches', patch], null],
	['nowhere', [], null],
];

for (const [name, words, expected] of commands) {
	test(`a command that holds a patch ${name}`, () => {
		assert.equal(patchInside(words), expected);
	});
}
