import type {Reading} from './reading.js';

/** A review that goes on inside a session (format reference 7, inline review). */
export type ReviewState = {
	/** Event that began it. */
	sequence: number;
	hasExited: boolean;
	/** Beginning of what the reviewer was asked, and the event that tells it first. */
	request: {text: string; sequence: number} | null;
} | null;

/** Kinds that are never part of a review: what ends its turn, and what counts for the session. */
const outsideKinds = new Set<Reading['body']['kind']>(['turn-end', 'turn-aborted', 'token-usage']);

/** Enough of a request to recognise its repetition. */
const requestLength = 200;

/** The review after an event that begins or ends one. */
export const reviewAfter = (review: ReviewState, entered: boolean, sequence: number): ReviewState => {
	if (entered) {
		return {sequence, hasExited: false, request: null};
	}

	return review === null ? null : {...review, hasExited: true};
};

/** The review that an event is part of: everything from its start to the end of the turn that holds it. */
export const insideReview = (review: ReviewState, sequence: number, kind: Reading['body']['kind']): number | null =>
	review === null || review.sequence === sequence || outsideKinds.has(kind) ? null : review.sequence;

/** The event that told a reviewer the same before: it is asked once or twice. */
export const requestRepeatedBy = (review: ReviewState, asked: string): number | null =>
	isReviewerAtWork(review) && review.request?.text === asked.slice(0, requestLength) ? review.request.sequence : null;

/** The review after something new was asked: the first is asked of the reviewer, anything else ends a review that was cut short. */
export const reviewAfterAsking = (review: ReviewState, asked: string, sequence: number): ReviewState =>
	review === null || review.hasExited || review.request !== null
		? null
		: {...review, request: {text: asked.slice(0, requestLength), sequence}};

/**
Whether the reviewer is at work in a thread of its own, whose events these are copies of. Then what it is asked is among them;
reviews of 2025 that ran inside the session tell no request.
*/
export const isReviewerAtWork = (review: ReviewState): review is NonNullable<ReviewState> =>
	review !== null && review.request !== null && !review.hasExited;
