import assert from 'node:assert/strict';
import {test} from 'node:test';
import {escaped, translateGoRegex} from '../../../source/redact/user/go-regex.js';

const regexOf = (pattern: string): RegExp => {
	const translated = translateGoRegex(pattern);
	assert.ok('source' in translated, JSON.stringify(translated));
	return new RegExp(translated.source, translated.flags);
};

const cases: [pattern: string, found: string[], left: string[]][] = [
	['(?i)abc', ['ABC'], ['abd']],
	['x(?i)abc', ['xABC'], ['Xabc']],
	['(a(?i)b|c)d', ['aBd', 'Cd'], ['aBD', 'ABd']],
	['(?i:ab)c', ['ABc'], ['ABC']],
	['(?s)a.b', ['a\nb'], ['ab']],
	['a.b', ['axb', 'a\rb'], ['a\nb']],
	['(?P<name>a)\\z', ['a'], ['a\n']],
	['\\Aa', ['ab'], ['ba']],
	['\\Qa.b\\E+', ['a.b'], ['axb']],
	['[[:alnum:]_-]+$', ['aZ9_-'], ['!']],
	['[^[:space:]]', ['a'], [' ']],
	['[]a]', [']', 'a'], ['b']],
	['\\x{41}', ['A'], ['B']],
	['[\\x{41}-\\x{43}]', ['B'], ['D']],
	['a\\sb', ['a b'], ['a\u00a0b']],
	['(?:a|b){2,3}\\b', ['ab'], ['a']],
	['[^"\\n]+', ['x'], ['"']],
];

for (const [pattern, found, left] of cases) {
	test(`Go's ${pattern} means the same here`, () => {
		const regex = regexOf(pattern);
		for (const text of found) {
			assert.match(text, regex);
		}

		for (const text of left) {
			assert.doesNotMatch(text, regex);
		}
	});
}

test('what has no counterpart is told', () => {
	for (const pattern of ['(?U)a+', '\\pL', 'a\\', '(?P=x)', '[a', '(?>a)', '(']) {
		assert.ok('reason' in translateGoRegex(pattern), pattern);
	}
});

test('an escaped text finds itself', () => {
	const text = '.*+?^$()|{}[]\\/ a-b';
	assert.equal(new RegExp(`^${escaped(text)}$`).test(text), true);
});
