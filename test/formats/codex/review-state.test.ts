import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	answeredTwice,
	askedTwice,
	event,
	legacyTurn,
	meta,
	type ReadRollout,
	readRollout,
	tokenCount,
	usage,
} from '../../helpers/rollout.js';

const request = event('user_message', {message: 'Review the changes.'});
const entered = event('entered_review_mode', {target: {type: 'uncommittedChanges'}});
const exited = event('exited_review_mode', {review_output: null});

/** Tokens in all, of the session and of its prompts. */
const tokensOf = ({facts, prompts}: ReadRollout): [number, number[]] => [
	facts.usage.totalTokens,
	prompts.map(prompt => prompt.usage.totalTokens),
];

const spent = tokenCount(usage(5000, 0, 100));

test('what a reviewer counts in its own log is not counted in the session that it reviews', () => {
	const before = [meta(), ...askedTwice('Add a lamp.'), ...answeredTwice('Added.'), spent];
	const after = [spent, ...askedTwice('Fix it.'), ...answeredTwice('Fixed.'), tokenCount(usage(7000, 0, 150))];
	const read = readRollout([
		...before,
		entered,
		request,
		request,
		tokenCount(null),
		tokenCount(usage(300, 0, 20)),
		tokenCount(usage(300, 0, 20)),
		tokenCount(usage(6900, 0, 90), usage(6600, 0, 70)),
		exited,
		...after,
	]);
	assert.deepEqual(tokensOf(read), [7150, [5100, 2050]]);
	const review = read.joined.filter(({event: body}) => body.kind === 'review');
	assert.deepEqual(
		review.map(({lines}) => lines),
		[[7, 10, 11, 12, 13], [14]],
	);
});

test('a review as the first thing in a session leaves its count at nothing', () => {
	const read = readRollout([
		meta(),
		entered,
		request,
		tokenCount(usage(9000, 0, 20)),
		exited,
		...legacyTurn('Fix it.', 'Fixed.', 1, 400),
	]);
	assert.equal(
		read.facts.usage.totalTokens,
		readRollout([meta(), ...legacyTurn('Fix it.', 'Fixed.', 1, 400)]).facts.usage.totalTokens,
	);
});

test('a review inside the session goes on with its count', () => {
	const inside = [spent, entered, tokenCount(usage(5400, 0, 120), usage(400, 0, 20)), exited];
	assert.deepEqual(tokensOf(readRollout([meta(), ...askedTwice('Add a lamp.'), ...inside])), [5520, [5520]]);
	const told = [spent, entered, request, tokenCount(usage(5400, 0, 120), usage(400, 0, 20)), exited];
	assert.deepEqual(tokensOf(readRollout([meta(), ...askedTwice('Add a lamp.'), ...told])), [5520, [5520]]);
});

test('what the session repeats twice of its reviewer is listed once', () => {
	const thought = event('agent_reasoning', {text: '**Looking**'});
	const {joined, events} = readRollout([
		meta(),
		...askedTwice('Add a lamp.'),
		entered,
		request,
		request,
		thought,
		thought,
		thought,
		thought,
		event('agent_reasoning', {text: '**Deciding**'}),
		exited,
		...askedTwice('Fix it.'),
	]);
	assert.deepEqual(
		joined.slice(2, -1).map(({lines, event: {kind}}) => [kind, lines]),
		[
			['review', [4]],
			['message', [5, 6]],
			['reasoning', [7, 8]],
			['reasoning', [9, 10]],
			['reasoning', [11]],
			['review', [12]],
		],
	);
	assert.deepEqual(
		events.filter(({inside}) => inside !== null).map(({line}) => line),
		[5, 6, 7, 8, 9, 10, 11, 12],
	);
});

test('outside of reviews, what is thought twice is listed twice', () => {
	const thought = event('agent_reasoning', {text: '**Looking**'});
	const {joined} = readRollout([meta(), ...askedTwice('Add a lamp.'), thought, thought]);
	assert.deepEqual(
		joined.filter(({event: {kind}}) => kind === 'reasoning').map(({lines}) => lines),
		[[4], [5]],
	);
});
