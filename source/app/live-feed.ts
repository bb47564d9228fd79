import type {PromptSummary} from '../model/session.js';
import {isRemoved} from '../view/prompt-rows.js';
import type {RowId} from './list-state.js';
import {guarded, type Port} from './port.js';
import type {SessionItem} from './session-feed.js';
import {isAutomation} from './thread-links.js';

export type LiveFeed = {
	/** Whether a session is being written. */
	isLive: (id: RowId | undefined) => boolean;
	/** Stored sessions that may be written any moment: those that were lately. */
	fresh: () => readonly number[];
	/** Sessions were read again. */
	update: () => void;
	stop: () => void;
};

/** A log that grew this short a time ago is being written. */
const writtenMs = 10_000;

/** So is one whose last turn is open, unless nothing came for longer than most commands run: then its program was killed. */
const openMs = 600_000;

/** Clocks of computers that share a home differ. */
const aheadMs = 60_000;

/** The last turn of a session, as of one reading of it. */
type Turn = {of: SessionItem; id: number | undefined; outcome: PromptSummary['outcome']};

/** What a turn came to, in words that end a sentence. */
const endings = {done: 'is done', aborted: 'was stopped', failed: 'has failed'} as const;

const lastOf = (prompts: readonly PromptSummary[]): PromptSummary | undefined =>
	prompts.findLast(prompt => !isRemoved(prompt));

/** Tells which sessions are being written, and when a turn of one ends. */
export const createLiveFeed = (port: Port, items: () => Iterable<SessionItem>): LiveFeed => {
	const turns = new Map<number, Turn>();
	let fresh = new Map<number, SessionItem>();
	let live: ReadonlySet<number> = new Set();
	let timer: NodeJS.Timeout | undefined;
	let isLooking = false;
	let isStale = false;
	let isStopped = false;

	const ageOf = ({session}: SessionItem): number => port.now().getTime() - Date.parse(session.endedAt ?? '');

	/** Times of one form compare as texts, which ten thousand sessions can afford after each reading. */
	const findFresh = (): Map<number, SessionItem> => {
		const now = port.now().getTime();
		const [from, to] = [now - openMs, now + aheadMs].map(time => new Date(time).toISOString()) as [string, string];
		const found = new Map<number, SessionItem>();
		for (const item of items()) {
			const {endedAt, gone, id} = item.session;
			if (endedAt !== null && endedAt > from && endedAt < to && gone === null && !item.isReading) {
				found.set(id, item);
			}
		}

		return found;
	};

	const tell = (item: SessionItem, {outcome}: Turn): void => {
		const {session} = item;
		const isWanted = !isAutomation(session) || port.state().following === session.id;
		if (outcome !== 'open' && isWanted) {
			port.notify(`${session.title ?? 'A session without a title'} ${endings[outcome]}`);
		}
	};

	/** A turn has ended where the last one was open, or where a whole one came since. */
	const noteTurn = (item: SessionItem, turn: Turn): void => {
		const before = turns.get(item.session.id);
		turns.set(item.session.id, turn);
		if (before && (before.outcome === 'open' || before.id !== turn.id)) {
			tell(item, turn);
		}
	};

	const readTurns = async (): Promise<void> => {
		for (const [id, item] of fresh) {
			if (turns.get(id)?.of !== item && !isStopped) {
				const last = lastOf(await port.store.listPrompts(id));
				noteTurn(item, {of: item, id: last?.id, outcome: last?.outcome ?? 'done'});
			}
		}
	};

	/** How long a session goes on being live by what is known now; 0 or less where it is not. */
	const timeLeft = (id: number, item: SessionItem): number =>
		(turns.get(id)?.outcome === 'open' ? openMs : writtenMs) - ageOf(item);

	const settle = (): void => {
		const lasting = [...fresh].map(([id, item]) => [id, timeLeft(id, item)] as const).filter(([, left]) => left > 0);
		const next = new Set(lasting.map(([id]) => id));
		if (next.size !== live.size || [...next].some(id => !live.has(id))) {
			live = next;
			port.redraw();
		}

		clearTimeout(timer);
		if (lasting.length > 0 && !isStopped) {
			timer = setTimeout(settle, Math.min(...lasting.map(([, left]) => left)) + 1);
			timer.unref();
		}
	};

	const look = async (): Promise<void> => {
		fresh = findFresh();
		for (const id of turns.keys()) {
			if (!fresh.has(id)) {
				turns.delete(id);
			}
		}

		await readTurns();
		settle();
	};

	const update = (): void => {
		if (isLooking) {
			isStale = true;
			return;
		}

		isLooking = true;
		void guarded(port, look).then(() => {
			isLooking = false;
			if (isStale && !isStopped) {
				isStale = false;
				update();
			}
		});
	};

	return {
		isLive: id => typeof id === 'number' && live.has(id),
		fresh: () => [...fresh.keys()],
		update,
		stop() {
			isStopped = true;
			clearTimeout(timer);
		},
	};
};
