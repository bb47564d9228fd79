import type {Place} from '../redact/engine/detector.js';
import type {Redacted} from '../redact/redactor.js';
import type {Shown} from './shown.js';

/** Redacts one text of a field. */
export type ShowText = (text: string, place: Place) => Redacted;

/**
The names that rules and lists have for fields, where a row of the store calls them otherwise: `git.branch` is a
session's `gitBranch`.
*/
const fieldNames: ReadonlyMap<string, string> = new Map([
	['gitBranch', 'git.branch'],
	['gitCommit', 'git.commit'],
	['gitRepositoryUrl', 'git.repositoryUrl'],
]);

/** Keys and times: what they look like can be no secret, and there are many. */
const isHarmless = (text: string): boolean =>
	text.length < 4 ||
	(text.length === 36 && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text)) ||
	(text.length <= 24 && /^\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?$/.test(text));

/**
Every free text of a value through `show`, at any depth; `field` is the name that the whole has among the fields of a session
(`prompt`), empty for the session and its events. What has nothing to redact stays the same object.
*/
export const showValue = <T>(value: T, show: ShowText, field = '', isPrompt = false): Shown<T> =>
	walk(value, show, field, isPrompt) as Shown<T>;

const walk = (value: unknown, show: ShowText, field: string, isPrompt: boolean): unknown => {
	if (typeof value === 'string') {
		return isHarmless(value) ? value : show(value, {field, isPrompt: isPrompt && field === 'prompt.text'});
	}

	if (Array.isArray(value)) {
		const shown = value.map(item => walk(item, show, field, isPrompt));
		return isSame(value, shown) ? value : shown;
	}

	if (value instanceof Map) {
		const shown = new Map(Array.from(value, ([key, item]) => [key, walk(item, show, field, isPrompt)]));
		return isSame([...value.values()], [...shown.values()]) ? value : shown;
	}

	if (value instanceof Set) {
		const shown = Array.from(value, item => walk(item, show, field, isPrompt));
		return isSame([...value], shown) ? value : new Set(shown);
	}

	if (typeof value !== 'object' || value === null || value instanceof Uint8Array) {
		return value;
	}

	const shown = Object.fromEntries(
		Object.entries(value).map(([name, item]) => {
			const own = fieldNames.get(name) ?? name;
			return [name, walk(item, show, field === '' ? own : `${field}.${own}`, isPrompt)];
		}),
	);
	return Object.entries(value).every(([name, item]) => shown[name] === item) ? value : shown;
};

const isSame = (before: readonly unknown[], after: readonly unknown[]): boolean =>
	after.every((item, index) => item === before[index]);
