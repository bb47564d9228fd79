import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {PayloadFinder} from '../../source/sizes/payloads.js';

type Found = [kind: string, text: string];

/** What is found when the text comes in pieces that end at these places. */
const found = (text: string, cuts: readonly number[] = []): Found[] => {
	const bytes = Buffer.from(text);
	const finder = new PayloadFinder();
	// One buffer for all pieces, as when a file is read.
	const shared = Buffer.alloc(bytes.length);
	const ends = [...cuts.map(cut => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
	let from = 0;
	for (const end of ends) {
		const length = bytes.copy(shared, 0, from, end);
		finder.push(shared.subarray(0, length));
		shared.fill(0x41);
		from = end;
	}

	finder.finish();
	return finder.payloads.map(({kind, start, end}) => [kind, bytes.toString('utf8', start, end)]);
};

const cases: Record<string, [text: string, payloads: Found[]]> = {
	'an image': ['{"image_url":"data:image/png;base64,iVBORw0KGgo="}', [['images', 'iVBORw0KGgo=']]],
	'an image inside of quoted JSON': [String.raw`"{\"url\":\"data:image/png;base64,AAAA\"}"`, [['images', 'AAAA']]],
	'encrypted content': ['{"encrypted_content":"gAAAAB_x-y=","summary":[]}', [['encrypted', 'gAAAAB_x-y=']]],
	'no encrypted content': ['{"encrypted_content":null}{"encrypted_content":""}', []],
	'the word in a text': [String.raw`"text":"\"encrypted_content\":\"gAAA\""`, []],
	'prose about images': ['"use data:image/png;base64, then tides of text"', []],
	several: [
		'"data:a;base64,QUJD","data:b;base64,REVG"}\n{"encrypted_content":"one"}{"encrypted_content":"two"}',
		[
			['images', 'QUJD'],
			['images', 'REVG'],
			['encrypted', 'one'],
			['encrypted', 'two'],
		],
	],
	'one right after the other': [
		'";base64,QQ;base64,Qg"',
		[
			['images', 'QQ'],
			['images', 'Qg'],
		],
	],
	'the end of a log in the middle of one': ['{"url":"data:image/png;base64,iVBOR', [['images', 'iVBOR']]],
	nothing: ['', []],
	'half of a beginning': ['"data:image/png;base6', []],
};

for (const [title, [text, payloads]] of Object.entries(cases)) {
	test(`${title}, in pieces of any length`, () => {
		assert.deepEqual(found(text), payloads);
		assert.deepEqual(
			found(
				text,
				[...text].map((_, index) => index),
			),
			payloads,
		);
		fc.assert(
			fc.property(fc.array(fc.nat(200), {maxLength: 8}), cuts => {
				assert.deepEqual(found(text, cuts), payloads);
			}),
			{numRuns: 50},
		);
	});
}
