import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {linesOf, type ReadRollout, readRollout, sampleRollouts} from '../../helpers/rollout.js';

/*
Rollouts that were cut off or damaged anywhere: whatever is whole is read as if the rest were whole too.
*/

const seed = 20_261_122;

/** Rollouts that are lines; a document is one piece. */
const samples = Object.entries(sampleRollouts()).filter(([, bytes]) => !bytes.includes('"items"'));

/** What each line is told as, by where it stands. */
const toldOf = ({events}: ReadRollout, except: ReadonlySet<number> = new Set()): unknown[] =>
	events.filter(({line}) => !except.has(line)).map(({line, kind, part, length}) => ({line, kind, part, length}));

/** Words that can be found: prompts, messages, reasoning and calls, with the line that first told them. */
const wordsOf = ({prompts, messages, reasoning, calls}: ReadRollout): Set<string> =>
	new Set([
		...prompts.map(({text}) => text),
		...messages.map(({text}) => text),
		...reasoning.map(({text}) => text),
		...calls.flatMap(({command}) => command ?? []),
	]);

for (const [name, bytes] of samples) {
	const whole = readRollout(bytes);

	test(`any beginning of a rollout is valid: ${name}`, () => {
		fc.assert(
			fc.property(fc.integer({min: 1, max: bytes.length}), length => {
				const cut = readRollout(bytes.subarray(0, length));
				const lines = linesOf(bytes.subarray(0, length));
				const unfinished = lines.at(-1)?.isUnfinished ? lines.length : 0;
				assert.ok(
					cut.problems.every(({line}) => line === unfinished),
					'only the last line may be torn',
				);
				const last = new Set([unfinished]);
				const complete = new Set(lines.map(({line}) => line).filter(line => line !== unfinished));
				assert.deepEqual(
					toldOf(cut, last),
					toldOf(whole).filter(event => complete.has((event as {line: number}).line)),
				);
				assert.deepEqual(
					cut.prompts.map(({text}) => text),
					whole.prompts.map(({text}) => text).slice(0, cut.prompts.length),
				);
			}),
			{numRuns: 60, seed},
		);
	});

	test(`damage in some lines leaves all others as they were: ${name}`, () => {
		const lines = linesOf(bytes);
		const damage = fc.tuple(fc.nat(lines.length - 1), fc.nat(10_000), fc.nat(255));
		fc.assert(
			fc.property(fc.array(damage, {minLength: 1, maxLength: 6}), changes => {
				const damaged = Buffer.from(bytes);
				const touched = new Set<number>();
				for (const [index, at, byte] of changes) {
					const line = lines[index];
					// A line end in the middle of a line would make it two.
					if (line !== undefined && line.length > 0 && byte !== 0x0a) {
						damaged[line.offset + (at % line.length)] = byte;
						touched.add(line.line);
					}
				}

				const read = readRollout(damaged);
				assert.deepEqual(toldOf(read, touched), toldOf(whole, touched));
				const told = new Set([...read.events, ...read.problems].map(({line}) => line));
				assert.ok(lines.every(({line}) => told.has(line)));
				const found = wordsOf(read);
				for (const text of wordsOf(whole)) {
					const isWhole = lines.some(({line, bytes: words}) => !touched.has(line) && tells(words, text));
					assert.ok(!isWhole || found.has(text), `"${text}" stands on a line that is whole`);
				}
			}),
			{numRuns: 60, seed},
		);
	});
}

/** Whether a line tells a text by itself, as one of its values. */
const tells = (line: Uint8Array, text: string): boolean =>
	text !== '' && Buffer.from(line).includes(`:${JSON.stringify(text)}`);
