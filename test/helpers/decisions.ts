import {createHmac, hash} from 'node:crypto';
import {type Decision, type Digests, placeKeyOf} from '../../source/model/decision.js';

export const digests: Digests = {
	text: text => hash('sha256', text, 'hex'),
	context: text => createHmac('sha256', 'key of a test').update(text).digest('hex'),
};

export const thread = '0196c0de-0000-7000-8000-000000000001';

/** A decision to redact a value everywhere, unless something else is said. */
export const decisionOf = (value: string, more: Partial<Decision> = {}): Decision => ({
	id: 1,
	action: 'redact',
	scope: 'everywhere',
	value,
	threadId: thread,
	field: null,
	place: null,
	replacement: null,
	reason: 'it is nobody’s business',
	actor: 'ada',
	ruleId: null,
	ruleVersion: null,
	createdAt: 1,
	updatedAt: 1,
	...more,
});

/** The same about one place. */
export const placeDecision = (text: string, start: number, value: string, more: Partial<Decision> = {}): Decision =>
	decisionOf(value, {scope: 'place', place: placeKeyOf(text, start, value.length, digests), ...more});
