import {hash} from 'node:crypto';
import type {Join, Source} from './reading.js';

/*
One answer or piece of reasoning can be recorded by up to three lines, in any order: the model's item,
one event per part, and a completed item. Lines are matched by item id, else by exact text in order
(format reference 12).
*/

type Said = Extract<Join, {as: 'said'}>;

/** Whether `text` ends with the last answer, if only the model's item told that one: a compaction's summary. */
export const summaryIn = (state: SaidState, text: string, compaction: number): number | null => {
	const last = state.assistant.at(-1);
	const isOnlyItem = last !== undefined && last.heard.item !== undefined && Object.keys(last.heard).length === 1;
	if (!isOnlyItem || last.length === 0 || hash('sha1', text.slice(-last.length), 'base64') !== last.parts[0]) {
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
	/** Hashes of its parts. */
	parts: string[];
	/** How many parts each kind of line has told. */
	heard: Partial<Record<Source, number>>;
};

export type SaidState = Record<Said['channel'], Utterance[]>;

export const nothingSaid = (): SaidState => ({assistant: [], reasoning: []});

/** Utterances kept for matching; lines of one thing are never further apart than one model request. */
const memory = 64;

/** Which earlier utterance a line repeats, and which utterances it shows to be one. */
export type Match = {completes: number | null; joined: number[]};

const none: Match = {completes: null, joined: []};

export const matchSaid = (state: SaidState, said: Said, sequence: number): Match => {
	const utterances = state[said.channel];
	const parts = said.texts.map(text => hash('sha1', text, 'base64'));
	const known = utterances.find(utterance => repeats(utterance, said, parts));
	if (known !== undefined) {
		const isPartOnly = said.source === 'event' && known.parts.length > 1;
		known.heard[said.source] = isPartOnly ? (known.heard.event ?? 0) + 1 : known.parts.length;
		known.id ??= said.id;
		// An item can be completed more than once, with more parts each time.
		known.parts = parts.length > known.parts.length ? parts : known.parts;
		return {completes: known.sequence, joined: []};
	}

	if (said.source !== 'event' && parts.length > 1) {
		const joined = joinEvents(utterances, parts);
		const [first, ...rest] = joined;
		if (first !== undefined) {
			first.parts = parts;
			first.heard = {event: parts.length, [said.source]: parts.length};
			first.id = said.id;
			state[said.channel] = utterances.filter(utterance => !rest.includes(utterance));
			return {completes: first.sequence, joined: rest.map(utterance => utterance.sequence)};
		}
	}

	utterances.push({
		sequence,
		id: said.id,
		length: said.texts[0]?.length ?? 0,
		parts,
		heard: {[said.source]: parts.length},
	});
	if (utterances.length > memory) {
		utterances.shift();
	}

	return none;
};

const repeats = (utterance: Utterance, said: Said, parts: readonly string[]): boolean => {
	const heard = utterance.heard[said.source] ?? 0;
	if (said.id !== null && utterance.id === said.id) {
		return true;
	}

	if (said.source === 'event') {
		return heard < utterance.parts.length && utterance.parts[heard] === parts[0];
	}

	const isSame =
		parts.length > 0 &&
		parts.length === utterance.parts.length &&
		parts.every((part, index) => part === utterance.parts[index]);
	return heard === 0 && isSame && (said.id === null || utterance.id === null);
};

/** Consecutive one-part events that together are this item. */
const joinEvents = (utterances: readonly Utterance[], parts: readonly string[]): Utterance[] => {
	for (let start = 0; start + parts.length <= utterances.length; start++) {
		const run = utterances.slice(start, start + parts.length);
		if (
			run.every(
				(utterance, index) =>
					utterance.parts.length === 1 && utterance.parts[0] === parts[index] && utterance.id === null,
			)
		) {
			return run;
		}
	}

	return [];
};
