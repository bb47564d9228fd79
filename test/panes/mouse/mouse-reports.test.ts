import assert from 'node:assert/strict';
import {EventEmitter} from 'node:events';
import {test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import fc from 'fast-check';
import type {PointerEvent} from '../../../source/app/pointer.js';
import {inputWithoutMouse} from '../../../source/panes/mouse/input-without-mouse.js';
import {createMouseReports} from '../../../source/panes/mouse/mouse-reports.js';

const esc = '\u{1B}';

/** Everything that input cut into these pieces comes to. */
const takeAll = (pieces: readonly string[]): {typed: string; events: PointerEvent[]} => {
	const reports = createMouseReports();
	const taken = pieces.map(piece => reports.take(piece));
	return {
		typed: taken.map(({typed}) => typed).join('') + reports.release(),
		events: taken.flatMap(({events}) => events),
	};
};

const cut = (text: string, places: readonly number[]): string[] => {
	const ends = [...new Set(places.map(place => place % (text.length + 1)))].toSorted((a, b) => a - b);
	return [...ends, text.length].map((end, index) => text.slice(ends[index - 1] ?? 0, end));
};

/** Steps of the wheel together, as how many of them come in one piece is chance. */
const summed = (events: readonly PointerEvent[]): PointerEvent[] => {
	const sums: PointerEvent[] = [];
	for (const event of events) {
		const last = sums.at(-1);
		if (last?.kind === 'wheel' && event.kind === 'wheel' && last.x === event.x && last.y === event.y) {
			sums.splice(-1, 1, {...last, by: last.by + event.by});
		} else {
			sums.push(event);
		}
	}

	return sums;
};

const key = fc.oneof(
	fc.constantFrom('j', 'G', '\r', '\t', ' ', '\u{7F}', '\u{3}', 'é', '語', '[', '<', '0;1M', 'M', ';'),
	fc
		.constantFrom('[A', '[B', 'OP', '[5~', '[3~', '[Z', '[1;5C', 'x', ']', '[200~paste [<0;1;1M\n[201~')
		.map(rest => `${esc}${rest}`),
);
const cell = fc.integer({min: 1, max: 400});
const mouse = fc
	.record({
		button: fc.constantFrom(0, 64, 65, 1, 2, 3, 32, 35, 66, 4, 16, 68),
		column: cell,
		row: cell,
		isUp: fc.boolean(),
	})
	.map(({button, column, row, isUp}) => {
		const place = {x: column - 1, y: row - 1};
		const plain = button & ~28;
		const event: PointerEvent | undefined =
			plain === 0
				? {kind: 'press', ...place}
				: plain === 64 || plain === 65
					? {kind: 'wheel', ...place, by: plain === 64 ? -1 : 1}
					: undefined;
		return {text: `${esc}[<${button};${column};${row}${isUp ? 'm' : 'M'}`, event: isUp ? undefined : event};
	});
const piece = fc.oneof(
	key.map(text => ({text, typed: text, event: undefined})),
	mouse.map(({text, event}) => ({text, typed: '', event})),
);

test('however input is cut, keys stay what they are and the mouse is told apart', () => {
	fc.assert(
		fc.property(fc.array(piece, {maxLength: 20}), fc.array(fc.nat(1000), {maxLength: 12}), (pieces, places) => {
			const {typed, events} = takeAll(cut(pieces.map(({text}) => text).join(''), places));
			assert.equal(typed, pieces.map(one => one.typed).join(''));
			assert.deepEqual(summed(events), summed(pieces.flatMap(({event}) => event ?? [])));
		}),
		{numRuns: 2000},
	);
});

test('no input, however damaged, leaves a report among the keys or is held for ever', () => {
	const damaged = fc.array(fc.constantFrom(esc, '[', '<', '0', ';', '1', 'M', 'm', 'x', '\r'), {maxLength: 60});
	fc.assert(
		fc.property(damaged, fc.array(fc.nat(100), {maxLength: 8}), (characters, places) => {
			const reports = createMouseReports();
			const typed = cut(characters.join(''), places).map(part => reports.take(part).typed);
			assert.doesNotMatch(typed.join(''), /^\u{1B}\[<\d+;\d+;\d+[Mm]$/u);
			const after = reports.take('q'.repeat(2));
			assert.ok(after.typed.endsWith('q'), 'keys go on');
			assert.equal(reports.isHolding(), false);
		}),
		{numRuns: 2000},
	);
});

/** An input as Ink reads it: pieces come in, and it is told that there are some. */
class Typist extends EventEmitter {
	readonly isTTY = true;
	private readonly pieces: string[] = [];

	read(): string | null {
		return this.pieces.shift() ?? null;
	}

	send(...pieces: string[]): void {
		this.pieces.push(...pieces);
		this.emit('readable');
	}
}

const listen = () => {
	const typist = new Typist();
	const events: PointerEvent[] = [];
	const keys: string[] = [];
	const input = inputWithoutMouse(typist as unknown as NodeJS.ReadStream, event => events.push(event));
	input.addListener('readable', () => {
		for (let chunk = input.read() as string | null; chunk !== null; chunk = input.read() as string | null) {
			keys.push(chunk);
		}
	});
	return {typist, events, keys, input};
};

test('Ink reads the keys and nothing of the mouse', () => {
	const {typist, events, keys, input} = listen();
	typist.send('a', `${esc}[<0;3;4M${esc}[<0;3;4m`, `b${esc}[<65;1`, ';2Mc');
	assert.deepEqual(keys, ['a', 'b', 'c']);
	assert.deepEqual(events, [
		{kind: 'press', x: 2, y: 3},
		{kind: 'wheel', x: 0, y: 1, by: 1},
	]);
	assert.equal(input.isTTY, true);
});

test('Esc alone is a key after a moment, and the rest of an arrow joins its beginning', async () => {
	const {typist, keys} = listen();
	typist.send(esc);
	assert.deepEqual(keys, []);
	for (const deadline = performance.now() + 2000; keys.length === 0 && performance.now() < deadline; ) {
		await sleep(5);
	}

	assert.deepEqual(keys, [esc]);
	typist.send(`${esc}[`);
	typist.send('A');
	assert.deepEqual(keys, [esc, `${esc}[A`]);
});

test('what can only be a report is never typed, however long its rest takes', async () => {
	const {typist, keys, events} = listen();
	typist.send(`${esc}[<0;1`);
	await sleep(60);
	assert.deepEqual(keys, []);
	typist.send('2;7M', 'q');
	assert.deepEqual(keys, ['q']);
	assert.deepEqual(events, [{kind: 'press', x: 11, y: 6}]);
});
