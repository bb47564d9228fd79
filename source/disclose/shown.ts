import type {EventKind} from '../model/log-event.js';
import type {Prompt, SessionId} from '../model/session.js';
import type {Redacted} from '../redact/redactor.js';
import type {Annotations} from '../store/annotations.js';
import type {FoundPlace} from '../store/findings.js';
import type {Redactions} from '../store/redactions.js';
import type {Search, SearchAnswer, SearchRequest} from '../store/search.js';
import type {Store} from '../store/store.js';
import type {LogDigest} from './log-digests.js';

/**
A value as it may be shown: every free text in it is `Redacted`, at any depth. Words of a fixed set, numbers and the
arguments of functions stay what they are.
*/
export type Shown<T> = T extends string
	? string extends T
		? Redacted
		: T
	: T extends number | bigint | boolean | null | undefined
		? T
		: T extends Promise<infer Value>
			? Promise<Shown<Value>>
			: T extends AsyncIterable<infer Item>
				? AsyncIterable<Shown<Item>>
				: T extends ReadonlyMap<infer Key, infer Value>
					? ReadonlyMap<Key, Shown<Value>>
					: T extends (...args: infer Arguments) => infer Answer
						? (...args: Arguments) => Shown<Answer>
						: {[Name in keyof T]: Shown<T[Name]>};

export type LearnOptions = {
	/** Told after each session, with how many were looked through. */
	onLearned?: ((done: number) => void) | undefined;
	signal?: AbortSignal | undefined;
};

/** What a person typed here and gets back as it was typed, to be used again, and what changes annotations. */
type OwnWords =
	| 'tag'
	| 'noteSession'
	| 'notePrompt'
	| 'noteEvent'
	| 'dispose'
	| 'bookmark'
	| 'queries'
	| 'rememberQuery'
	| 'views'
	| 'saveView'
	| 'removeView'
	| 'watch';

export type ShownAnnotations = Shown<Omit<Annotations, OwnWords>> & Pick<Annotations, OwnWords>;

/** Values of decisions are for redactors only; what people wrote about them is shown like everything else. */
export type ShownRedactions = Shown<Pick<Redactions, 'list' | 'audit'>> &
	Omit<Redactions, 'decisions' | 'list' | 'audit'> & {
		/**
		Decisions about places of a session that are not there any more, and that no person has confirmed: what leaves the program
		for good must wait for that.
		*/
		orphans(id: SessionId): Promise<number[]>;
	};

/**
The store for everything that shows, copies or writes what it says. A `Store` is none, so that the compiler refuses what was
not redacted; only this room makes one.
*/
export type ShownStore = Shown<
	Omit<Store, 'rawLines' | 'findings' | 'annotations' | 'redactions' | 'prompts' | 'close'>
> & {
	findings: ShownFindings;
	/** As in the store. Events of the kinds left out come without their texts, for whoever only counts them. */
	prompts: (id: SessionId, without?: ReadonlySet<EventKind>) => AsyncIterable<Shown<Prompt>>;
	annotations: ShownAnnotations;
	redactions: ShownRedactions;
	/**
	Looks through sessions, so that what any of them gives away is hidden in all from the first page on. Throws once the signal
	is given.
	*/
	learn: (ids: readonly SessionId[], options?: LearnOptions) => Promise<void>;
	/** Of every log of a session, in order. */
	digests: (id: SessionId) => Promise<readonly Shown<LogDigest>[]>;
	close: Store['close'];
};

/** What the rules at hand have found. */
export type ShownFindings = {
	counts: () => Promise<ReadonlyMap<SessionId, number | null>>;
	of: (id: SessionId) => Promise<FoundPlace[]>;
	isLookedThrough: (id: SessionId) => Promise<boolean>;
};

/** A search whose answers may be shown. */
export type ShownSearch = Shown<Omit<Search, 'ask'>> & {
	ask: (
		request: SearchRequest,
		onAnswer: (answer: Shown<SearchAnswer>) => void,
		onFailure: (error: unknown) => void,
	) => void;
};
