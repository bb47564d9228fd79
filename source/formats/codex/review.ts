import {isObject, type Json, object, objects, text} from '../json.js';
import type {Reading, Source} from './reading.js';

const targetOf = (payload: Json): string => {
	const target = object(payload, 'target');
	return (
		text(payload, 'user_facing_hint') ??
		text(target, 'instructions') ??
		text(target, 'title') ??
		text(target, 'branch') ??
		text(target, 'type') ??
		text(payload, 'prompt') ??
		''
	);
};

/** Findings of a review as Markdown. */
const findings = (output: Json): string => {
	const lines = objects(output, 'findings').map(finding => {
		const location = object(finding, 'code_location');
		const start = object(location, 'line_range')['start'];
		const place = text(location, 'absolute_file_path');
		const where = place === null ? '' : ` (${place}${typeof start === 'number' ? `:${start}` : ''})`;
		return `- **${text(finding, 'title') ?? 'Finding'}**${where}\n  ${text(finding, 'body') ?? ''}`;
	});
	return [text(output, 'overall_correctness'), text(output, 'overall_explanation'), ...lines]
		.filter(line => line !== null && line !== '')
		.join('\n\n');
};

export const enteredReview = (payload: Json, source: Source): Reading => ({
	body: {kind: 'review', entered: true, text: targetOf(payload)},
	join: {as: 'echo', family: 'review-entered', source},
});

export const exitedReview = (payload: Json, source: Source): Reading => {
	const output = payload['review_output'];
	return {
		body: {kind: 'review', entered: false, text: isObject(output) ? findings(output) : ''},
		join: {as: 'echo', family: 'review-exited', source},
	};
};
