import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {complete, completionAt} from '../../source/query/complete.js';
import {onlyFilter} from './show.js';

/** `|` is the caret, before and after. */
const completed: [typed: string, what: string, value: string, result: string][] = [
	['|', 'name ""', 'repo', 'repo:|'],
	['tide |', 'name ""', 'repo', 'tide repo:|'],
	['(|', 'name ""', 'repo', '(repo:|'],
	['-|', 'name ""', 'repo', '-repo:|'],
	['re|', 'name "re"', 'repo', 'repo:|'],
	['tide -bra| x', 'name "bra"', 'branch', 'tide -branch:| x'],
	['(re|', 'name "re"', 'repo', '(repo:|'],
	['r|e', 'name "r"', 'repo', 'repo:|'],
	['fi|el:x', 'name "fi"', 'file', 'file:|x'],
	['re|po:shop', 'name "re"', 'redacted', 'redacted:|shop'],
	['repo|:shop', 'name "repo"', 'repo', 'repo:|shop'],
	['repo:|', 'repo ""', 'shop', 'repo:shop|'],
	['repo:sh|', 'repo "sh"', 'my shop', 'repo:"my shop"|'],
	['-repo:s|h x', 'repo "s"', 'tides', '-repo:tides| x'],
	['repo:a,t|', 'repo "t"', 'tides', 'repo:a,tides|'],
	['repo:a,|,c', 'repo ""', 'b', 'repo:a,b|,c'],
	['repo:t|,b', 'repo "t"', 'tides', 'repo:tides|,b'],
	['repo:"my sh|', 'repo "my sh"', 'my shop', 'repo:"my shop"|'],
	['repo:"my sh|x" y', 'repo "my sh"', 'my shop', 'repo:"my shop"| y'],
	['tag:"a b"|', 'tag "a b"', 'a b c', 'tag:"a b c"|'],
	['tag:"a ""b|', 'tag "a "b"', 'a "b" c', 'tag:"a ""b"" c"|'],
	['KIND:!=pr|', 'kind "pr"', 'prompt', 'KIND:!=prompt|'],
	['redacted:|', 'redacted ""', 'yes', 'redacted:yes|'],
	['(kind:p|)', 'kind "p"', 'plan', '(kind:plan|)'],
];

for (const [typed, what, value, result] of completed) {
	test(`${typed} becomes ${result}`, () => {
		const caret = typed.indexOf('|');
		const text = typed.replace('|', '');
		const completion = completionAt(text, caret);
		assert.ok(completion);
		const {beginning} = completion;
		assert.equal(`${completion.kind === 'filter-name' ? 'name' : completion.name} "${beginning}"`, what);
		const after = complete(text, completion, value);
		assert.equal(`${after.text.slice(0, after.caret)}|${after.text.slice(after.caret)}`, result);
	});
}

for (const typed of ['"low ti|', '"low| tide"', 'C:\\x|', 'tide2|', 'a-b|', 'x OR|', '(a)|', '--js|', 'ti*|']) {
	test(`nothing is completed in ${typed}`, () => {
		assert.equal(completionAt(typed.replace('|', ''), typed.indexOf('|')), null);
	});
}

test('wherever the caret stands, what is replaced lies around it', () => {
	fc.assert(
		fc.property(fc.string({unit: fc.constantFrom(...'repo:kind,"-( )!=>')}), fc.nat(30), (text, place) => {
			const caret = Math.min(place, text.length);
			const completion = completionAt(text, caret);
			assert.ok(completion === null || (completion.start <= caret && completion.end >= caret));
			assert.ok(completion === null || completion.end <= text.length);
		}),
	);
});

test('a completed value is the one that was chosen', () => {
	fc.assert(
		fc.property(fc.string({unit: 'grapheme', minLength: 1}), value => {
			fc.pre(value.trim() !== '');
			const completion = completionAt('-tag:x', 6);
			assert.ok(completion);
			assert.deepEqual(onlyFilter(`${complete('-tag:x', completion, value).text} `).values, [value]);
		}),
	);
});
