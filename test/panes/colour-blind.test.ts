import assert from 'node:assert/strict';
import {test} from 'node:test';
import {colourBlindDark, colourBlindLight} from '../../source/panes/colour-blind-palettes.js';
import type {ColourRole, Palette} from '../../source/panes/palettes.js';

type Triple = [number, number, number];
type Matrix = [Triple, Triple, Triple];

/** How light of the three kinds looks to whom one kind of cone is missing (Machado, Oliveira and Fernandes, 2009). */
const sights: Record<string, Matrix> = {
	'without red cones': [
		[0.152286, 1.052583, -0.204868],
		[0.114503, 0.786281, 0.099216],
		[-0.003882, -0.048116, 1.051998],
	],
	'without green cones': [
		[0.367322, 0.860646, -0.227968],
		[0.280085, 0.672501, 0.047413],
		[-0.01182, 0.04294, 0.968881],
	],
	'without blue cones': [
		[1.255528, -0.076749, -0.178779],
		[-0.078411, 0.930809, 0.147602],
		[0.004733, 0.691367, 0.3039],
	],
};

const times = (matrix: Matrix, [a, b, c]: Triple): Triple => matrix.map(([x, y, z]) => x * a + y * b + z * c) as Triple;

const light = (colour: string): Triple =>
	[1, 3, 5].map(at => {
		const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	}) as Triple;

const luminance = ([red, green, blue]: Triple): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** CIE L*a*b* under daylight. */
const lab = (colour: Triple): Triple => {
	const clamped = colour.map(value => Math.max(0, Math.min(1, value))) as Triple;
	const [x, y, z] = times(
		[
			[0.4124, 0.3576, 0.1805],
			[0.2126, 0.7152, 0.0722],
			[0.0193, 0.1192, 0.9505],
		],
		clamped,
	);
	const bend = (value: number): number => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116);
	const [fx, fy, fz] = [bend(x / 0.9505), bend(y), bend(z / 1.089)];
	return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
};

const distance = (one: string, other: string, sight: Matrix): number => {
	const [a, b] = [lab(times(sight, light(one))), lab(times(sight, light(other)))];
	return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
};

const contrast = (one: string, other: string): number => {
	const [low = 0, high = 0] = [luminance(light(one)), luminance(light(other))].toSorted((a, b) => a - b);
	return (high + 0.05) / (low + 0.05);
};

/** Meanings that must not be taken for each other. */
const opposites: [ColourRole, ColourRole][] = [
	['success', 'error'],
	['success', 'warning'],
	['added', 'removed'],
	['addedWord', 'removedWord'],
];

const texts: ColourRole[] = [
	'text',
	'dim',
	'accent',
	'user',
	'assistant',
	'reasoning',
	'tool',
	'success',
	'warning',
	'error',
	'added',
	'removed',
	'hunk',
	'code',
	'keyword',
	'string',
	'number',
	'link',
];

const palettes: [name: string, palette: Palette, ground: string][] = [
	['dark', colourBlindDark, '#16181d'],
	['light', colourBlindLight, '#ffffff'],
];

test('the measure knows red and green of one brightness for the same', () => {
	const sight = sights['without green cones'] as Matrix;
	assert.ok(distance('#c2563a', '#7f7d2c', sight) < 20);
	assert.ok(distance('#d55e00', '#0072b2', sight) > 50);
});

for (const [name, palette, ground] of palettes) {
	for (const [sightName, sight] of Object.entries(sights)) {
		test(`${name}: good and bad differ to eyes ${sightName}`, () => {
			for (const [one, other] of opposites) {
				const far = distance(palette[one], palette[other], sight);
				assert.ok(far >= 20, `${one} and ${other}: ${far.toFixed(1)}`);
			}

			const [red = '', green = ''] = palette.ansi.slice(1, 3);
			assert.ok(distance(red, green, sight) >= 20, 'red and green of shell output');
		});
	}

	test(`${name}: every text can be read on its ground`, () => {
		for (const role of texts) {
			assert.ok(contrast(palette[role], ground) >= 4.5, `${role}: ${contrast(palette[role], ground).toFixed(2)}`);
		}

		for (const row of ['focusedRow', 'selectedRow', 'bar', 'addedWord', 'removedWord'] as const) {
			assert.ok(contrast(palette.text, palette[row]) >= 4.5, `text on ${row}`);
		}

		assert.ok(contrast(palette.matchText, palette.match) >= 4.5, 'a match');
	});
}
