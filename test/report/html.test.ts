import assert from 'node:assert/strict';
import fs from 'node:fs';
import {test} from 'node:test';
import fc from 'fast-check';
import {barChart, timeChart} from '../../source/report/html/charts.js';
import {htmlReport} from '../../source/report/html/html-report.js';
import {reportModes} from '../../source/report/request.js';
import {plainText} from '../../source/text/sanitize.js';
import {hostileText} from '../helpers/hostile-text.js';
import {assertPage, readPage, textOf} from './html-structure.js';
import {partsTelling} from './parts-telling.js';

const pageOf = async (chunks: AsyncIterable<string>): Promise<string> => {
	let page = '';
	for await (const chunk of chunks) {
		page += chunk;
	}

	return page;
};

for (const {id} of reportModes) {
	test(`the golden report with ${id} is a sound page`, () => {
		assertPage(fs.readFileSync(new URL(`golden/${id}.html`, import.meta.url), 'utf8'));
	});
}

test('no text of a log becomes an element, an attribute or a link, wherever it stands', async () => {
	await fc.assert(
		fc.asyncProperty(hostileText, async text => {
			assertPage(await pageOf(htmlReport(partsTelling(text))));
		}),
		{numRuns: 120},
	);
});

test('exact texts read as they were written', async () => {
	await fc.assert(
		fc.asyncProperty(hostileText, async text => {
			const page = readPage(await pageOf(htmlReport(partsTelling(text))));
			const codes = page
				.filter(({tagName, parentNode}) => tagName === 'code' && 'tagName' in (parentNode ?? {}))
				.filter(({parentNode}) => (parentNode as {tagName?: string} | null)?.tagName === 'pre')
				.map(textOf);
			const plain = plainText(text).replace(/\n+$/, '');
			// Outputs that hold nothing are not shown.
			assert.ok(plain.trim() === '' || codes.includes(plain), JSON.stringify(plain));
		}),
		{numRuns: 60},
	);
});

test('charts say in words and in a table what they draw', () => {
	const days = Array.from({length: 365}, (_, index) => ({
		label: `day ${index + 1}`,
		value: index,
		words: String(index),
	}));
	const chart = timeChart('t', 'Tokens by <day>', 'tokens', days);
	assert.match(chart, /<desc id="t-words">365 bars, 66,430 tokens in all; the most is day 365 with 364\./);
	assert.ok((chart.match(/<rect/g) ?? []).length <= 122);
	assert.equal((chart.match(/<th scope="row">/g) ?? []).length, 365);
	assert.match(chart, /<title id="t-title">Tokens by &lt;day&gt;<\/title>/);
	assert.equal(barChart('b', 'Nothing', 'calls', []), '');
	assert.doesNotMatch(barChart('b', 'None', 'calls', [{label: 'x', value: 0, words: '0'}]), /NaN/);
});
