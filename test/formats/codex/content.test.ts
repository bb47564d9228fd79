import assert from 'node:assert/strict';
import {test} from 'node:test';
import {contentOf, imagePlaceholder} from '../../../source/formats/codex/content.js';
import type {ImagePlaceholder} from '../../../source/model/log-event.js';

const url = (bytes: Buffer, mediaType = 'image/png'): string => `data:${mediaType};base64,${bytes.toString('base64')}`;

for (const size of [0, 1, 2, 3, 4, 5, 1000, 1001, 1002, 100_003]) {
	test(`an image of ${size} bytes is told by its size`, () => {
		assert.deepEqual(imagePlaceholder(url(Buffer.alloc(size, 7))), {mediaType: 'image/png', bytes: size, source: null});
	});
}

const placeholders: [source: string, expected: ImagePlaceholder][] = [
	['https://tides.example/chart.png', {mediaType: null, bytes: null, source: 'https://tides.example/chart.png'}],
	['/home/mira/chart.png', {mediaType: null, bytes: null, source: '/home/mira/chart.png'}],
	['file-a1b2', {mediaType: null, bytes: null, source: 'file-a1b2'}],
	[url(Buffer.alloc(6), 'image/jpeg'), {mediaType: 'image/jpeg', bytes: 6, source: null}],
	[`data:;base64,${Buffer.alloc(6).toString('base64')}`, {mediaType: null, bytes: 6, source: null}],
	['data:image/png;base64,', {mediaType: 'image/png', bytes: 0, source: null}],
];

for (const [source, expected] of placeholders) {
	test(`stands in for ${source.slice(0, 40)}`, () => {
		assert.deepEqual(imagePlaceholder(source), expected);
	});
}

const picture: ImagePlaceholder = {mediaType: 'image/png', bytes: 9, source: null};
const png = url(Buffer.alloc(9));

const contents: [name: string, value: unknown, expected: {texts: string[]; images: ImagePlaceholder[]}][] = [
	['a string', 'At 14:20.', {texts: ['At 14:20.'], images: []}],
	['an empty list', [], {texts: [], images: []}],
	['nothing', null, {texts: [], images: []}],
	['an object', {text: 'no list'}, {texts: [], images: []}],
	[
		'text parts of every spelling',
		[
			{type: 'input_text', text: 'a'},
			{type: 'output_text', text: 'b'},
			{type: 'Text', text: 'c'},
			{type: 'reasoning_text', text: 'd'},
			'e',
		],
		{texts: ['a', 'b', 'c', 'd', 'e'], images: []},
	],
	[
		'images of every spelling',
		[
			{type: 'input_image', image_url: png},
			{type: 'input_image', image_url: {url: png}},
			{type: 'image', image_url: png},
			{type: 'input_image', file_id: 'file-1'},
			{type: 'local_image', path: '/home/mira/chart.png'},
			{type: 'input_image'},
		],
		{
			texts: [],
			images: [
				picture,
				picture,
				picture,
				{mediaType: null, bytes: null, source: 'file-1'},
				{mediaType: null, bytes: null, source: '/home/mira/chart.png'},
				{mediaType: null, bytes: null, source: null},
			],
		},
	],
	// An MCP tool answers with the picture's bytes beside its type, without a `data:` URL.
	[
		'an image of an MCP tool',
		[{type: 'image', data: Buffer.alloc(9).toString('base64'), mimeType: 'image/png'}],
		{texts: [], images: [picture]},
	],
	[
		'sound',
		[
			{type: 'input_audio', audio_url: 'data:audio/wav;base64,AAAA'},
			{type: 'local_audio', path: 'x.wav'},
		],
		{texts: ['[audio]', '[audio]'], images: []},
	],
	['encrypted content', [{type: 'encrypted_content', encrypted_content: 'gAAA'}], {texts: ['[encrypted]'], images: []}],
	['parts nobody knows', [{type: 'hologram', beam: 1}, 5, null, [], {}], {texts: [], images: []}],
];

for (const [name, value, expected] of contents) {
	test(`content that is ${name}`, () => {
		const {texts, images} = contentOf(value);
		assert.deepEqual({texts, images}, expected);
	});
}
