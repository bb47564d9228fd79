import type {Fingerprint} from '../fingerprint.js';
import type {SessionFacts} from '../rows.js';
import type {CallsState} from './calls.js';
import {noFacts} from './facts.js';
import {type InheritanceState, nothingInherited} from './inheritance.js';
import {noPrompts, type PromptsState, restorePrompts} from './prompts.js';
import type {Join, Source} from './reading.js';
import type {ReviewState} from './review-state.js';
import {nothingSaid, restoreSaid, type SaidState, SaidText} from './said.js';
import {noUsageYet, type UsageState} from './usage.js';

/** The last event of a family that several lines can record. */
export type Echo = {family: Extract<Join, {as: 'echo'}>['family']; sequence: number; heard: Source[]};

/** Everything that later lines may still be joined to. Saved as JSON, so that reading can go on; bounded in size. */
export type ReaderState = {
	/** Of the next row. */
	sequence: number;
	facts: SessionFacts;
	hasMeta: boolean;
	said: SaidState;
	calls: CallsState;
	prompts: PromptsState;
	usage: UsageState;
	/** Event of the last counted usage, which repeated lines complete. */
	usageSequence: number | null;
	echo: Echo | null;
	inheritance: InheritanceState;
	review: ReviewState;
	/** The last plan written as prose, which an answer may tell again. */
	plan: {sequence: number; text: SaidText} | null;
	/** The last thing said was a command to compact: what follows is its summary. */
	compactsAt: number | null;
	/** A turn was aborted and nothing came since. */
	hasJustAborted: boolean;
	/** A picture was called for and nothing was said since. */
	hasJustViewed: boolean;
	hasTurnMarkers: boolean;
	model: string | null;
	/** Stays until changed (reference 14.4). */
	serviceTier: string | null;
};

export const freshState = (): ReaderState => ({
	sequence: 0,
	facts: noFacts(),
	hasMeta: false,
	said: nothingSaid(),
	calls: {known: [], running: [], answered: []},
	prompts: noPrompts(),
	usage: noUsageYet(),
	usageSequence: null,
	echo: null,
	inheritance: nothingInherited(),
	review: null,
	plan: null,
	compactsAt: null,
	hasJustAborted: false,
	hasJustViewed: false,
	hasTurnMarkers: false,
	model: null,
	serviceTier: null,
});

/** The state that was saved, with what it keeps in other words than JSON. */
export const restoredState = (saved: string): ReaderState => {
	const state = JSON.parse(saved) as ReaderState;
	restoreSaid(state.said);
	restorePrompts(state.prompts);
	if (state.plan !== null) {
		state.plan.text = new SaidText(state.plan.text as unknown as [number, Fingerprint]);
	}

	return state;
};
