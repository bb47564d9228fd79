import assert from 'node:assert/strict';
import fs from 'node:fs';
import {test} from 'node:test';
import fc from 'fast-check';
import {lexer, parseInline, type Tokens} from 'marked';
import {escapeInline, fenced, quoted} from '../../source/report/markdown/escape.js';
import {markdownReport} from '../../source/report/markdown/markdown-report.js';
import {reportModes} from '../../source/report/request.js';
import {hostileText} from '../helpers/hostile-text.js';
import {assertStructure} from './markdown-structure.js';
import {partsTelling} from './parts-telling.js';

const textOf = async (chunks: AsyncIterable<string>): Promise<string> => {
	let text = '';
	for await (const chunk of chunks) {
		text += chunk;
	}

	return text;
};

for (const {id} of reportModes) {
	test(`the golden report with ${id} is sound Markdown`, () => {
		assertStructure(fs.readFileSync(new URL(`golden/${id}.md`, import.meta.url), 'utf8'));
	});
}

test('no text of a log breaks the structure, wherever it stands', async () => {
	await fc.assert(
		fc.asyncProperty(hostileText, async text => {
			assertStructure(await textOf(markdownReport(partsTelling(text))));
		}),
		{numRuns: 200},
	);
});

test('an address does not take the code behind it in', async () => {
	for (const text of ['http://a.example`</summary>`', 'www.a.example`<b>`', '[x]: http://a.example**<b>**`<i>`']) {
		assertStructure(await textOf(markdownReport(partsTelling(text))));
	}
});

test('a line reads as it was written', () => {
	const decode = (html: string): string =>
		html
			.replaceAll('&lt;', '<')
			.replaceAll('&gt;', '>')
			.replaceAll('&quot;', '"')
			.replaceAll('&#39;', "'")
			.replaceAll('&amp;', '&');
	fc.assert(
		fc.property(fc.string({unit: fc.constantFrom(...'ab1 _*`~[]()<>&#+-=.:|\\!$"\'')}), line => {
			const html = parseInline(escapeInline(line), {async: false});
			assert.equal(decode(html).replaceAll(/\s+/g, ' ').trim(), line.replaceAll(/\s+/g, ' ').trim());
		}),
		{numRuns: 500},
	);
});

test('placeholders stay as they are, and are no links', () => {
	for (const behind of ['', ': http://a.example', '(http://a.example)', '[x]', ' and more']) {
		const text = escapeInline(`[REDACTED:github-pat#1]${behind}`);
		assert.ok(text.startsWith('[REDACTED:github-pat#1]'), text);
		const [token] = lexer(`${text}\n\n[REDACTED:github-pat#1]`);
		assert.equal(token?.type, 'paragraph', text);
		assertStructure(`# x\n\n${text}`);
	}
});

test('code stands between fences that it cannot close', () => {
	for (const text of ['```', '````\nx\n````', 'a\n```js\nb\n```\n', '~~~']) {
		const [token, ...others] = lexer(quoted(fenced(text, 'js`<b>')));
		assert.equal(others.length, 0);
		const inner = (token?.type === 'blockquote' ? token['tokens'] : []) as Tokens.Code[];
		assert.equal(inner.length, 1, text);
		assert.equal(inner[0]?.text, text.replace(/\n$/, ''));
		assert.equal(inner[0]?.lang, 'jsb');
	}
});
