import type {RolloutSource} from '../files/find-rollouts.js';
import type {SessionId} from '../model/session.js';
import type {Triage} from './triage.js';

/** What the thread is told when it starts. */
export type DisclosureStart = {database: string};

/** `screen` shows what a person revealed; what leaves the screen never does. */
export type Way = 'screen' | 'outgoing';

export type ToDisclosure =
	/** A method of a `ShownStore` by its name, such as `annotations.tags`. */
	| {type: 'call'; id: number; way: Way; name: string; args: readonly unknown[]}
	/** The next item of a stream that a call began. */
	| {type: 'next'; id: number; stream: number}
	| {type: 'end'; stream: number}
	/** Whether rules and databases could be opened. */
	| {type: 'ready'; id: number}
	| {type: 'preview'; id: number; source: RolloutSource; length: number}
	| {type: 'show'; id: number; value: unknown}
	| {type: 'reveal'; id: number; session: SessionId; isRevealed: boolean}
	/** A method of `Triage`, or `undo`. */
	| {type: 'triage'; id: number; name: keyof Triage | 'undo'; args: readonly unknown[]}
	/** Looks once more through a finished text of a session. */
	| {type: 'check'; id: number; text: string; session: SessionId}
	| {type: 'close'; id: number};

export type FromDisclosure =
	| {type: 'answer'; id: number; value: unknown}
	/** What was asked for is a stream. */
	| {type: 'stream'; id: number; stream: number}
	/** It is a list so long that it comes as a stream of parts, so that no message takes long to be read. */
	| {type: 'parts'; id: number; stream: number}
	| {type: 'item'; id: number; result: {value: unknown; done: boolean}}
	| {type: 'failed'; id: number; failure: Failure}
	/** What a session shows may have changed; null for all of them. */
	| {type: 'changed'; session: SessionId | null}
	/** Decisions of another program cannot be followed. */
	| {type: 'failure'; message: string}
	/** Another program changed what people added. */
	| {type: 'annotated'};

/** An error on its way between threads. */
export type Failure = {message: string; stack: string | undefined; exitCode: 1 | 2 | 3 | null};
