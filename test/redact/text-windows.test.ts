import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {assembleRedactor} from '../../source/redact/assemble.js';
import {Numbering} from '../../source/redact/placeholder.js';
import {TextWindows} from '../../source/redact/text-windows.js';
import {fromRecipe} from '../helpers/secret-samples.js';

type Seen = {piece: string; before: number; after: number; isLast: boolean};

/** What comes of a text that is pushed in pieces of this length. */
const windowsOf = (text: string, length: number): Seen[] => {
	const windows = new TextWindows();
	const seen: Seen[] = [];
	const take = (isLast: boolean): void => {
		for (let window = windows.next(isLast); window !== undefined; window = windows.next(isLast)) {
			const {text: whole, start, end} = window;
			seen.push({piece: whole.slice(start, end), before: start, after: whole.length - end, isLast});
			windows.done(end);
		}
	};

	for (let at = 0; at < text.length; at += length) {
		windows.push(text.slice(at, at + length));
		take(false);
	}

	take(true);
	return seen;
};

test('pieces are the text, end behind lines, and have what stands round them', () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({min: 0, max: 60_000}), {minLength: 1, maxLength: 30}),
			fc.integer({min: 1000, max: 200_000}),
			(lengths, chunk) => {
				const text = lengths.map(length => `${'x'.repeat(length)}\n`).join('');
				const seen = windowsOf(text, chunk);
				assert.equal(seen.map(({piece}) => piece).join('') === text, true);
				let given = 0;
				for (const {piece, before, after} of seen) {
					assert.equal(piece.at(-1), '\n');
					assert.ok(before >= Math.min(given, 1) && before <= 32 * 1024, `${before} before`);
					given += piece.length;
					assert.ok(after >= Math.min(32 * 1024, text.length - given), `${after} after`);
				}
			},
		),
		{numRuns: 50},
	);
});

test('a line that does not end is cut, never inside a character', () => {
	const text = `x${'🌊'.repeat(1_200_000)}`;
	const seen = windowsOf(text, 65_537);
	assert.equal(seen.map(({piece}) => piece).join('') === text, true);
	assert.ok(seen.length > 1);
	for (const {piece} of seen) {
		assert.equal(piece.isWellFormed(), true);
		assert.ok(piece.length < 1_300_000);
	}
});

test('a part is judged by all of the text, and ends with the find that reaches beyond it', () => {
	const redactor = assembleRedactor();
	const pat = fromRecipe('ghp_<A36>');
	const secret = fromRecipe('<A24>', 7);
	const text = `client_secret: >-\n  ${secret}\ntoken ${pat} end\n`;
	const lineEnd = text.indexOf('\n') + 1;
	const inside = text.indexOf(pat) + 10;
	const numbering = new Numbering();
	const part = redactor.redactPart(text, {start: lineEnd, end: inside}, numbering);
	assert.deepEqual(part, {
		redacted: '  [REDACTED:generic-secret#1]\ntoken [REDACTED:github-pat#1]',
		end: inside - 10 + pat.length,
	});
	const rest = redactor.redactPart(text, {start: part.end, end: text.length}, numbering);
	assert.deepEqual(rest, {redacted: ' end\n', end: text.length});
	assert.equal(
		redactor.redactPart(text, {start: inside, end: text.length}, numbering).redacted,
		'[REDACTED:github-pat#1] end\n',
		'what was cut all the same is covered to its end',
	);
});
