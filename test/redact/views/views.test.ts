import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {decodedBase64} from '../../../source/redact/views/base64.js';
import {withoutEntities, withoutPercents} from '../../../source/redact/views/encodings.js';
import {withoutEscapes} from '../../../source/redact/views/escapes.js';
import {withoutHidden} from '../../../source/redact/views/hidden.js';
import {withoutBreaks} from '../../../source/redact/views/joined.js';
import {plainView, type View} from '../../../source/redact/views/view.js';
import {viewsOf} from '../../../source/redact/views/views.js';

const views: [string, (view: View) => View | undefined, string, string][] = [
	['escapes', withoutEscapes, 'a \\"b\\" \\u003d \\x41 \\n', 'a "b" = A \n'],
	['colours', withoutHidden, 'to\u001b[31mken\u001b[0m \u001b]8;;http://x\u0007link\u001b]8;;\u0007', 'token link'],
	['invisible characters', withoutHidden, 'pa\u200bss\u00adword', 'password'],
	['percent codes', withoutPercents, 'a%3Ab%20c%ff', 'a:b c%ff'],
	['entities', withoutEntities, '&quot;a&quot; &#61; &#x3d; &nbsp;', '"a" = = &nbsp;'],
	['broken lines', withoutBreaks, 'x=abcdefghijklmnop\n   qrstuvw', 'x=abcdefghijklmnopqrstuvw'],
	['joined literals', withoutBreaks, "'abc' + 'def'", "'abcdef'"],
];

for (const [name, make, from, to] of views) {
	test(`${name} are undone`, () => {
		assert.equal(make(plainView(from))?.text, to);
	});

	test(`${name}: a text without any has no such view`, () => {
		assert.equal(make(plainView('plain words, nothing else')), undefined);
	});
}

test('base64 of readable text is decoded, and stands for the whole run', () => {
	const run = Buffer.from('DB_PASSWORD=hello world and more').toString('base64');
	const view = decodedBase64(plainView(`data: ${run}\n`));
	assert.match(view?.text ?? '', /^DB_PASSWORD=hello world and more/);
	assert.deepEqual(view?.toSource(0, 4), {start: 6, end: 6 + run.length});
	assert.equal(decodedBase64(plainView(`sha ${'f'.repeat(64)}`)), undefined);
});

test('strings in strings are undone four levels deep', () => {
	let text = 'key="value"';
	for (let level = 0; level < 4; level++) {
		text = JSON.stringify({text});
	}

	assert.ok(viewsOf(text).some(({view}) => view.text.includes('key="value"')));
});

const marks = fc.constantFrom(
	'\\n',
	'\\"',
	'\\\\',
	'\\u0041',
	'\u001b[32m',
	'\u001b[0m',
	'%3D',
	'&amp;',
	'\n',
	' ',
	'word',
	'abcdefghijklmnopqrst',
	"'x1y' + 'z2w'",
	'aGVsbG8gd29ybGQgYWdhaW4gYW5kIGFnYWlu',
	'\u200b',
	'é',
	'😀',
);

test('every range of every view leads back to characters that read as it does', () => {
	fc.assert(
		fc.property(fc.array(marks, {maxLength: 40}), parts => {
			const text = parts.join('');
			for (const {view} of viewsOf(text)) {
				let last = 0;
				for (let index = 0; index < view.text.length; index++) {
					const {start, end} = view.toSource(index, index + 1);
					assert.ok(start >= last && end > start && end <= text.length, `${index} → ${start}-${end}`);
					assert.ok(end - start > 1 || view.text[index] === text[start], 'a copied character is the same one');
					last = start;
				}

				if (view.text.length > 0) {
					const whole = view.toSource(0, view.text.length);
					assert.equal(whole.end, view.toSource(view.text.length - 1, view.text.length).end);
				}
			}
		}),
		{numRuns: 300},
	);
});

test('only lines with marks and their neighbours are looked at again, and nothing is found across a gap', () => {
	const text = `${'quiet line\n'.repeat(500)}a \\"mark\\"\n${'quiet line\n'.repeat(500)}b \\"mark\\"\n`;
	const view = withoutEscapes(plainView(text));
	assert.ok((view?.text.length ?? 0) < 120);
	assert.equal(view?.text.includes('\u0000'), true);
});
