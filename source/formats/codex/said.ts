import {type Fingerprint, fingerprintOf, isSameFingerprint} from '../fingerprint.js';
import type {Join, Source} from './reading.js';

/*
One answer or piece of reasoning can be recorded by up to three lines, in any order: the model's item,
one event per part, and a completed item. Lines are matched by item id, else by exact text in order
(format reference 12).
*/

type Said = Extract<Join, {as: 'said'}>;

/** Texts longer than this are remembered by their fingerprint at once. */
const longest = 64 * 1024;

/** A text to be recognised when another line tells it too; saved as its length and fingerprint. */
export class SaidText {
	private readonly length: number;
	private readonly text: string | Fingerprint;

	constructor(text: string | readonly [length: number, fingerprint: Fingerprint]) {
		const isText = typeof text === 'string';
		this.length = isText ? text.length : text[0];
		this.text = isText ? (text.length > longest ? fingerprintOf(text) : text) : text[1];
	}

	is(text: string): boolean {
		if (text.length !== this.length) {
			return false;
		}

		return typeof this.text === 'string' ? this.text === text : isSameFingerprint(this.text, fingerprintOf(text));
	}

	toJSON(): [number, Fingerprint] {
		return [this.length, typeof this.text === 'string' ? fingerprintOf(this.text) : this.text];
	}
}

/** Whether `text` ends with the last answer, if only the model's item told that one: a compaction's summary. */
export const summaryIn = (state: SaidState, text: string, compaction: number): number | null => {
	const last = state.assistant.at(-1);
	const isOnlyItem = last !== undefined && last.heard.item > 0 && last.heard.event + last.heard.completed === 0;
	if (!isOnlyItem || last.length === 0 || last.parts[0]?.is(text.slice(-last.length)) !== true) {
		return null;
	}

	const {sequence} = last;
	// Lines that repeat the summary later belong to the compaction too.
	last.sequence = compaction;
	return sequence;
};

/** One thing said, as far as lines have told it. */
type Utterance = {
	sequence: number;
	id: string | null;
	/** Characters of its first part. */
	length: number;
	parts: SaidText[];
	/** How many parts each kind of line has told. */
	heard: Record<Source, number>;
};

export type SaidState = Record<Said['channel'], Utterance[]>;

/** What was said, out of its JSON. */
export const restoreSaid = (state: SaidState): void => {
	for (const utterance of [...state.assistant, ...state.reasoning]) {
		utterance.parts = utterance.parts.map(part => new SaidText(part as unknown as [number, Fingerprint]));
	}
};

export const nothingSaid = (): SaidState => ({assistant: [], reasoning: []});

/** Utterances kept for matching; lines of one thing are never further apart than one model request. */
const memory = 64;

/** Which earlier utterance a line repeats, and which utterances it shows to be one. */
export type Match = {completes: number | null; joined: number[]};

/** Written out, so that all are of one shape. */
const heardBy = (source: Source, count: number, events = 0): Utterance['heard'] => ({
	item: source === 'item' ? count : 0,
	event: source === 'event' ? count : events,
	completed: source === 'completed' ? count : 0,
});

const none: Match = {completes: null, joined: []};

/** `isToldTwice` where each event may stand twice, as in copies of what a reviewer says. */
export const matchSaid = (state: SaidState, said: Said, sequence: number, isToldTwice = false): Match => {
	const utterances = state[said.channel];
	const last = utterances.at(-1);
	if (isToldTwice && last !== undefined && isSecondEvent(last, said)) {
		last.heard.event++;
		return {completes: last.sequence, joined: []};
	}

	const known = repeatedBy(utterances, said);
	if (known !== undefined) {
		const isPartOnly = said.source === 'event' && known.parts.length > 1;
		known.heard[said.source] = isPartOnly ? known.heard.event + 1 : known.parts.length;
		known.id ??= said.id;
		// An item can be completed more than once, with more parts each time.
		known.parts = said.texts.length > known.parts.length ? partsOf(said) : known.parts;
		return {completes: known.sequence, joined: []};
	}

	if (said.source !== 'event' && said.texts.length > 1) {
		const joined = joinEvents(utterances, said.texts);
		const [first, ...rest] = joined;
		if (first !== undefined) {
			first.parts = partsOf(said);
			first.heard = heardBy(said.source, first.parts.length, first.parts.length);
			first.id = said.id;
			state[said.channel] = utterances.filter(utterance => !rest.includes(utterance));
			return {completes: first.sequence, joined: rest.map(utterance => utterance.sequence)};
		}
	}

	utterances.push({
		sequence,
		id: said.id,
		length: said.texts[0]?.length ?? 0,
		parts: partsOf(said),
		heard: heardBy(said.source, said.texts.length),
	});
	if (utterances.length > memory) {
		utterances.shift();
	}

	return none;
};

const partsOf = (said: Said): SaidText[] => said.texts.map(text => new SaidText(text));

/** Whether an event says again what the one before said, and nothing but events has told that. */
const isSecondEvent = ({heard, parts}: Utterance, {source, texts}: Said): boolean =>
	source === 'event' &&
	heard.event === 1 &&
	heard.item + heard.completed === 0 &&
	parts[0]?.is(texts[0] ?? '') === true;

/** A loop, since every line that says something looks through all that was said lately. */
const repeatedBy = (utterances: readonly Utterance[], said: Said): Utterance | undefined => {
	for (const utterance of utterances) {
		if (repeats(utterance, said)) {
			return utterance;
		}
	}

	return undefined;
};

const repeats = (utterance: Utterance, said: Said): boolean => {
	const {heard} = utterance;
	if (said.id !== null && utterance.id === said.id) {
		return true;
	}

	if (said.source === 'event') {
		return heard.event < utterance.parts.length && utterance.parts[heard.event]?.is(said.texts[0] ?? '') === true;
	}

	return (
		(said.source === 'item' ? heard.item : heard.completed) === 0 &&
		(said.id === null || utterance.id === null) &&
		said.texts.length > 0 &&
		said.texts.length === utterance.parts.length &&
		utterance.parts.every((part, index) => part.is(said.texts[index] ?? ''))
	);
};

/** Consecutive one-part events that together are this item. */
const joinEvents = (utterances: readonly Utterance[], parts: readonly string[]): Utterance[] => {
	for (let start = 0; start + parts.length <= utterances.length; start++) {
		const run = utterances.slice(start, start + parts.length);
		if (
			run.every(
				(utterance, index) =>
					utterance.parts.length === 1 && utterance.parts[0]?.is(parts[index] ?? '') && utterance.id === null,
			)
		) {
			return run;
		}
	}

	return [];
};
