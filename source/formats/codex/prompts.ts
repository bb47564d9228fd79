import type {ImagePlaceholder} from '../../model/log-event.js';
import type {Asker} from '../../model/session.js';
import {addUsage, noUsage, type TokenUsage} from '../../model/token-usage.js';
import {type Fingerprint, fingerprintOf, fingerprintText} from '../fingerprint.js';
import type {PromptProgressRow, PromptRow, Rows} from '../rows.js';
import {AskedText} from './asked-text.js';
import {tellingText} from './context-text.js';
import type {Join} from './reading.js';

type Asked = Extract<Join, {as: 'asked'}>;

/** A question seen as a model's item, which may or may not turn out to be a prompt. */
type Pending = {
	sequence: number;
	firstSequence: number;
	asked: AskedText;
	hasImages: boolean;
	/** Events of the setup before it. */
	setupCount: number;
	/** Events from it on. */
	eventsSince: number;
	/** When the prompt before it ended, as far as was known then. */
	endBefore: number | null;
};

/** Where a question stands, and who asked it. */
type Place = {sequence: number; at: number | null; asker: Asker; isInherited: boolean};

type OpenPrompt = Omit<PromptProgressRow, 'digest'> & {
	digest: Fingerprint;
	asked: AskedText;
	isConfirmed: boolean;
	/** Whether the model's item of it has been seen. */
	hasItem: boolean;
};

export type PromptsState = {
	number: number;
	/** Prompts that are no copies of the parent's. */
	ownCount: number;
	open: OpenPrompt | null;
	pending: Pending | null;
	/** Whether the log tells prompts by events, so that an item alone is none. */
	needsEvent: boolean;
	/** Opened from an item while nobody knew whether this log has events. */
	unconfirmed: number[];
	/** Live prompts of persons, for rollbacks. */
	live: {sequence: number; isInherited: boolean}[];
	/** First event of the setup that a turn begins with, when nothing else came since. */
	setupFrom: number | null;
	eventsSinceSetup: number;
	/** Last line that asked something by event. */
	lastAsked: number | null;
};

export const noPrompts = (): PromptsState => ({
	number: 0,
	ownCount: 0,
	open: null,
	pending: null,
	needsEvent: false,
	unconfirmed: [],
	live: [],
	setupFrom: null,
	eventsSinceSetup: 0,
	lastAsked: null,
});

const titleLength = 300;

/** Leaves single blanks alone, which are nearly all white space there is. */
const oneLine = (text: string): string => text.replace(/[^\S ]\s*| \s+/g, ' ').trim();

/** Beginning of what tells the prompt from others, on one line. */
const titleOf = (text: string): string => {
	const typed = tellingText(text);
	const title = oneLine(typed.slice(0, titleLength + 100));
	return (title.length > titleLength ? title : oneLine(typed.slice(0, 1000))).slice(0, titleLength);
};

/** Questions out of their JSON. */
export const restorePrompts = ({open, pending}: PromptsState): void => {
	for (const question of [open, pending]) {
		if (question !== null) {
			question.asked = new AskedText(question.asked as unknown as Fingerprint);
		}
	}
};

/**
Tells prompts from everything else of role user, and what belongs to each (format reference 12):
where a log has prompt events or completed items, only those are prompts and the model's item beside
one is its repetition; where it has none, the items are the prompts.
*/
export class Prompts {
	constructor(
		private readonly rows: () => Rows,
		readonly state: PromptsState,
	) {}

	/** Enters a question. Returns the sequence that this line completes, if any. */
	ask(asked: Asked, images: readonly ImagePlaceholder[], place: Place): number | null {
		return asked.source === 'item'
			? this.askByItem(asked.text, images.length, place)
			: this.askByEvent(asked, images.length, place);
	}

	private askByItem(text: string, imageCount: number, place: Place): number | null {
		const {state} = this;
		const {sequence} = place;
		const {open} = state;
		if (open?.isConfirmed && !open.hasItem && open.asked.isSameAs(text)) {
			open.hasItem = true;
			return open.sequence;
		}

		if (state.needsEvent) {
			state.pending = {
				sequence,
				firstSequence: state.setupFrom ?? sequence,
				asked: new AskedText(text),
				hasImages: imageCount > 0,
				setupCount: state.setupFrom === null ? 0 : state.eventsSinceSetup,
				eventsSince: 0,
				endBefore: open?.endedAt ?? null,
			};
			return null;
		}

		state.unconfirmed.push(sequence);
		this.open({...place, text, imageCount}, state.setupFrom ?? sequence, false, true);
		return null;
	}

	private askByEvent({text, id}: Asked, imageCount: number, place: Place): number | null {
		const {state} = this;
		const {sequence} = place;
		const lastAsked = state.lastAsked;
		state.lastAsked = sequence;
		const {open, pending} = state;
		state.needsEvent = true;
		if (open !== null && !open.isConfirmed && open.asked.isSameAs(text)) {
			this.withdrawUnconfirmed(open.sequence);
			open.isConfirmed = true;
			return open.sequence;
		}

		// A migration wrote some prompts twice, the second time with an id of its own making (reference 12.1).
		if (open?.asked.isSameAs(text) && lastAsked === sequence - 1 && /^item-\d+$/.test(id ?? '')) {
			return open.sequence;
		}

		this.withdrawUnconfirmed(null);
		if (pending !== null && (pending.asked.isSameAs(text) || (text.trim() === '' && pending.hasImages))) {
			state.eventsSinceSetup = pending.setupCount;
			this.dropMessage(pending.sequence);
			this.open({...place, text, imageCount, sequence: pending.sequence}, pending.firstSequence, true, true);
			return pending.sequence;
		}

		this.open({...place, text, imageCount}, state.setupFrom ?? sequence, true, false);
		return null;
	}

	/** A message turned out to be a prompt: nearly always one of the last rows, which nobody has taken yet. */
	private dropMessage(sequence: number): void {
		const {messages, droppedMessages} = this.rows();
		const index = messages.findLastIndex(row => row.sequence === sequence);
		if (index === -1) {
			droppedMessages.push(sequence);
		} else {
			messages.splice(index, 1);
		}
	}

	private open(
		prompt: Omit<PromptRow, 'firstSequence' | 'startedAt' | 'title'> & {at: number | null},
		firstSequence: number,
		isConfirmed: boolean,
		hasItem: boolean,
	): void {
		const {state} = this;
		const {at, ...row} = prompt;
		const isFirst = state.number === 0;
		const isPending = state.pending?.sequence === prompt.sequence;
		const moved = (isFirst ? 0 : state.eventsSinceSetup) + (isPending ? (state.pending?.eventsSince ?? 0) : 0);
		if (state.open !== null) {
			state.open.eventCount -= moved;
			state.open.endedAt = isPending ? (state.pending?.endBefore ?? null) : state.open.endedAt;
		}

		this.flush();
		state.number++;
		// Everything before the first prompt is the session's prelude, its turn's setup too.
		const from = isFirst ? prompt.sequence : firstSequence;
		const title = titleOf(prompt.text);
		this.rows().prompts.push({...row, title, firstSequence: from, startedAt: at});
		state.open = {
			sequence: prompt.sequence,
			state: prompt.isInherited ? 'inherited' : 'live',
			endedAt: at,
			outcome: 'open',
			eventCount: moved,
			toolCallCount: 0,
			usage: {...noUsage},
			digest: fingerprintOf(prompt.text.trim()),
			asked: new AskedText(prompt.text),
			isConfirmed,
			hasItem,
		};
		state.ownCount += prompt.isInherited ? 0 : 1;
		if (prompt.asker === 'person') {
			state.live.push({sequence: prompt.sequence, isInherited: prompt.isInherited});
		}

		state.setupFrom = null;
		state.eventsSinceSetup = 0;
		state.pending = null;
	}

	/** Takes back prompts that were only items, now that the log is known to have events. */
	private withdrawUnconfirmed(except: number | null): void {
		const {state} = this;
		const gone = state.unconfirmed.filter(sequence => sequence !== except);
		state.unconfirmed = [];
		if (gone.length === 0) {
			return;
		}

		this.rows().withdrawnPrompts.push(...gone);
		state.live = state.live.filter(({sequence}) => !gone.includes(sequence));
		state.number -= gone.length;
		state.ownCount -= gone.length;
		if (state.open !== null && gone.includes(state.open.sequence)) {
			state.open = null;
		}
	}

	/** Notes an event of the group; setup belongs to the prompt that follows it. */
	note(sequence: number, at: number | null, isSetup: boolean, isContent: boolean): void {
		const {state} = this;
		if (isSetup) {
			state.setupFrom ??= sequence;
		} else if (isContent) {
			state.setupFrom = null;
			state.eventsSinceSetup = 0;
			state.pending = null;
		}

		if (state.setupFrom !== null) {
			state.eventsSinceSetup++;
		}

		if (state.pending !== null) {
			state.pending.eventsSince++;
		}

		if (state.open !== null) {
			state.open.eventCount++;
			state.open.endedAt = isSetup ? state.open.endedAt : (at ?? state.open.endedAt);
		}
	}

	/** Events turned out to be another line's repetition: those of the group no longer count. */
	forget(sequences: readonly number[]): void {
		const {open} = this.state;
		if (open !== null) {
			open.eventCount -= sequences.filter(sequence => sequence > open.sequence).length;
		}
	}

	/** Adds to what the open prompt's turn is recognised by. */
	noteWords(words: string): void {
		const {open} = this.state;
		if (open !== null) {
			open.digest = fingerprintOf(words, open.digest);
		}
	}

	noteToolCall(): void {
		if (this.state.open !== null) {
			this.state.open.toolCallCount++;
		}
	}

	noteUsage(usage: TokenUsage): void {
		if (this.state.open !== null) {
			this.state.open.usage = addUsage(this.state.open.usage, usage);
		}
	}

	end(outcome: PromptProgressRow['outcome'], at: number | null): void {
		const {open} = this.state;
		if (open !== null) {
			open.outcome = outcome;
			open.endedAt = at ?? open.endedAt;
		}
	}

	/** An answer ends a prompt in logs without turn markers. */
	answered(): void {
		const {open} = this.state;
		if (open !== null && open.outcome === 'open') {
			open.outcome = 'done';
		}
	}

	/** The last prompts that are still live no longer count (format reference 13.2). */
	rollBack(turns: number): void {
		const {state} = this;
		const removed = turns > 0 ? state.live.splice(-turns) : [];
		for (const {sequence, isInherited} of removed) {
			if (isInherited) {
				continue;
			}

			if (state.open?.sequence === sequence) {
				state.open.state = 'rolled-back';
			}

			this.rows().promptStates.push({sequence, state: 'rolled-back'});
		}
	}

	/** Writes how the open prompt stands. */
	flush(): void {
		const {open} = this.state;
		if (open !== null) {
			const {asked: _asked, isConfirmed: _isConfirmed, hasItem: _hasItem, digest, ...progress} = open;
			this.rows().promptProgress.push({...progress, digest: fingerprintText(digest)});
		}
	}
}
