import type {Decision, DecisionScope, Digests} from '../model/decision.js';

/** A decision as lists show it: everything but the value. */
export type DecisionRow = Omit<Decision, 'value' | 'place'> & {
	/** Hints for people: prompt and line that it stood in, counted from 1. */
	prompt: number | null;
	line: number | null;
	/** Whether it knows its place, so that it may be narrowed down to that. */
	hasPlace: boolean;
	/** When a person said that its place may be gone. */
	confirmedAt: number | null;
};

/** What a person decides. */
export type NewDecision = Pick<Decision, 'action' | 'scope' | 'value' | 'threadId' | 'reason'> &
	Partial<Pick<Decision, 'field' | 'replacement' | 'ruleId' | 'ruleVersion'>> & {
		/** The whole text that the value stands in, and where in it; needed for the scope `place`. */
		at?: {text: string; start: number};
		prompt?: number | null;
		line?: number | null;
	};

export type DecisionChange = {scope?: DecisionScope; replacement?: string | null; reason?: string};

/** What a redactor needs to follow all decisions. It holds values and goes nowhere else. */
export type FollowedDecisions = {
	decisions: Decision[];
	digests: Digests | undefined;
	/** Threads that grew out of others, each with its origin. */
	origins: ReadonlyMap<string, string>;
};

export type AuditKind = 'add' | 'change' | 'remove' | 'reveal' | 'export' | 'forget' | 'no-redact';

/** What an entry tells besides who, when and of which kind. Never a value. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export type AuditEntry = {
	type: 'entry';
	/** From 1, without gaps. */
	seq: number;
	at: number;
	actor: string;
	kind: AuditKind;
	/** Id of a decision or thread. */
	ref: string | null;
	detail: AuditDetail;
};

/** Where the trail is not what was written. */
export type AuditFault = {type: 'fault'; seq: number; reason: string};

/**
What people decided about single values, who did so, and what else was done with what is secret. Values are kept sealed with a key
beside the database. While nothing was decided yet, reading finds nothing and makes no file.
*/
export type Redactions = {
	/** Rejects when they cannot all be followed: nothing may be shown then. */
	decisions(): Promise<FollowedDecisions>;
	/** Those in force, in the order of their ids. */
	list(): Promise<DecisionRow[]>;
	/** Answers the id. */
	add(decision: NewDecision): Promise<number>;
	change(id: number, change: DecisionChange): Promise<void>;
	remove(id: number): Promise<void>;
	/** Notes that a person knows that the place of a decision may be gone. */
	confirm(id: number): Promise<void>;
	/** Takes back the newest change that was not taken back; answers the decision and what became of it. */
	undo(): Promise<{id: number; kind: 'add' | 'change' | 'remove'} | undefined>;

	/** The trail from its beginning, with what is wrong with it where that shows. */
	audit(): AsyncIterable<AuditEntry | AuditFault>;
	/** Adds what was done elsewhere; `ref` names the thread or decision. */
	record(kind: AuditKind, detail: AuditDetail, ref?: string): Promise<void>;

	/** Calls back when another program decided or recorded something; answers what ends that. */
	watch(onChange: () => void): () => void;
};
