import type {PointerEvent} from '../../app/pointer.js';

export type MouseReports = {
	/** What was typed in a piece of input, and what the mouse did meanwhile. */
	take: (input: string) => {typed: string; events: PointerEvent[]};
	/** Whether the input so far may end within a report. */
	isHolding: () => boolean;
	/** Gives up waiting for the rest of what began like a key as well: that is typed. */
	release: () => string;
};

/** `ESC [ < button ; column ; row M`, or `m` for a release. No key begins like that, so pieces of it are not typed. */
const report = /\u{1B}\[<([\d;]{0,24})([Mm]?)/gu;
const beginning = /\u{1B}(?:\[(?:<[\d;]{0,24})?)?$/u;
const numbers = /^(\d+);(\d+);(\d+)$/;

/** Takes the reports of a mouse (SGR, mode 1006) out of what a terminal sends, however it is cut into pieces. */
export const createMouseReports = (): MouseReports => {
	let held = '';
	return {
		take(input) {
			const whole = held + input;
			held = beginning.exec(whole)?.[0] ?? '';
			const text = held === '' ? whole : whole.slice(0, -held.length);
			const events: PointerEvent[] = [];
			const typed = text.replaceAll(report, (_, parameters: string, final: string) => {
				const event = final === 'M' ? eventOf(parameters) : undefined;
				if (event) {
					add(events, event);
				}

				return '';
			});
			return {typed, events};
		},
		isHolding: () => held !== '',
		release() {
			const typed = held.startsWith('\u{1B}[<') ? '' : held;
			held = held.slice(typed.length);
			return typed;
		},
	};
};

/** Presses of the left button and turns of the wheel; undefined for all else. */
const eventOf = (parameters: string): PointerEvent | undefined => {
	const [button = 0, column = 0, row = 0] = numbers.exec(parameters)?.slice(1).map(Number) ?? [3];
	const [x, y] = [column - 1, row - 1];
	// Shift, Alt and Ctrl make no difference; 32 tells of a drag.
	switch (button & ~0b1_1100) {
		case 0:
			return {kind: 'press', x, y};
		case 64:
			return {kind: 'wheel', x, y, by: -1};
		case 65:
			return {kind: 'wheel', x, y, by: 1};
		default:
			return undefined;
	}
};

/** A wheel reports each step: those of one piece of input are drawn as one. */
const add = (events: PointerEvent[], event: PointerEvent): void => {
	const last = events.at(-1);
	if (last?.kind === 'wheel' && event.kind === 'wheel' && last.x === event.x && last.y === event.y) {
		last.by += event.by;
	} else {
		events.push(event);
	}
};
