import {createHash} from 'node:crypto';

/** Grows whenever the same rules may find something else: with the effective rules, the key of every stored result. */
export const engineVersion = 1;

/** Fields of rules that tell people something, and change nothing about what is found. */
const remarks = new Set(['line', 'reason', 'actor', 'description', 'notUnderstood', 'catch', 'leave']);

/**
Another one wherever other things may be found: the engine, the rules in their order, and whatever else decides, such as what
people decided about single values. Expressions count by their source.
*/
export const rulesFingerprint = (rules: object, decisions: unknown = null): string =>
	createHash('sha256')
		.update(
			JSON.stringify([engineVersion, rules, decisions], (name, value: unknown) =>
				remarks.has(name) ? undefined : value instanceof RegExp ? String(value) : value,
			),
		)
		.digest('base64url');
