import type {FileChange, LogEvent, Operation} from '../model/log-event.js';
import {placeholdersIn} from '../redact/placeholder.js';
import {exactCountLabel} from '../text/labels.js';

/** A value, and how many characters of its texts were left out. */
export type Capped<T> = {value: T; cut: number};

/** Share of what is kept that comes from the beginning; the rest is the end, which often says how it went. */
const headShare = 0.7;

/** A text of at most `cap` characters and a word about the rest; never cut inside a placeholder or a character. */
export const capText = (text: string, cap: number | null): Capped<string> => {
	if (cap === null || text.length <= cap) {
		return {value: text, cut: 0};
	}

	const placeholders = placeholdersIn(text);
	const outside = (at: number): number => {
		const inside = placeholders.find(({start, end}) => start < at && at < end);
		return inside?.start ?? (/[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at - 1 : at);
	};
	const head = outside(Math.floor(cap * headShare));
	const tail = outside(Math.max(head, text.length - (cap - Math.floor(cap * headShare))));
	const cut = tail - head;
	const marker = `\n[… ${exactCountLabel(cut)} characters left out …]\n`;
	return {value: `${text.slice(0, head)}${marker}${text.slice(tail)}`, cut};
};

/** An event with what may be long cut to `cap`: outputs, arguments, diffs, injected context. What was said stays whole. */
export const capEvent = (event: LogEvent, cap: number | null): Capped<LogEvent> => {
	let cut = 0;
	const short = <T extends string | null>(text: T): T => {
		if (text === null) {
			return text;
		}

		const capped = capText(text, cap);
		cut += capped.cut;
		return capped.value as T;
	};
	const changes = (list: readonly FileChange[]): FileChange[] => list.map(one => ({...one, diff: short(one.diff)}));
	const operation = (one: Operation): Operation => ({
		...one,
		output: short(one.output),
		...(one.changes === undefined ? {} : {changes: changes(one.changes)}),
	});
	const capped = (one: LogEvent): LogEvent => {
		switch (one.kind) {
			case 'tool-call':
				return {
					...one,
					arguments: short(one.arguments),
					output: short(one.output),
					...(one.changes === undefined ? {} : {changes: changes(one.changes)}),
					...(one.operations === undefined ? {} : {operations: one.operations.map(operation)}),
				};
			case 'user-command':
				return {...one, output: short(one.output)};
			case 'message':
				return one.context === null ? one : {...one, text: short(one.text)};
			case 'session-meta':
				return {...one, instructions: short(one.instructions)};
			case 'unknown':
				return {...one, raw: short(one.raw)};
			case 'snapshot':
			case 'compaction':
				return {...one, text: short(one.text)};
			case 'review':
				return one.events === undefined ? one : {...one, events: one.events.map(capped)};
			default:
				return one;
		}
	};
	const value = capped(event);
	return {value, cut};
};
