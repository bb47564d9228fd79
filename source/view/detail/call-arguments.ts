import type {ToolCallBody} from '../../model/log-event.js';
import type {Row} from '../../text/span.js';
import {isJson, jsonRows} from './json.js';
import {factRows, type Page, textRows} from './page.js';

/** Arguments that the request of a call does not show by itself: folder, time limit, whatever a tool takes. */
export const argumentRows = (call: ToolCallBody, page: Page): Row[] => {
	if (call.tool === 'patch' || (call.tool === 'plan' && (call.steps?.length ?? 0) > 0) || call.arguments === null) {
		return [];
	}

	if (isJson(call.arguments)) {
		return jsonArgumentRows(call, call.arguments, page);
	}

	return call.tool === 'code' || call.arguments === call.command || call.arguments.trim() === ''
		? []
		: textRows(call.arguments, page, 'code');
};

const evidentKeys = new Set(['cmd', 'command', 'input', 'patch', 'plan', 'explanation', 'code', 'script']);

const hasEvidentKeys = new Set<ToolCallBody['tool']>(['command', 'plan', 'code']);

const jsonArgumentRows = (call: ToolCallBody, text: string, page: Page): Row[] => {
	const value: unknown = JSON.parse(text);
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return jsonRows(text, page);
	}

	const entries = Object.entries(value);
	const rest = entries.filter(
		([key, entry]) => entry !== call.command && !(evidentKeys.has(key) && hasEvidentKeys.has(call.tool)),
	);
	if (rest.length === 0) {
		return [];
	}

	const facts = rest.map(([key, entry]) => [key, factOf(entry)] as const);
	if (facts.every(([key, fact]) => fact !== undefined && isShort(key))) {
		return factRows(facts as ReadonlyArray<readonly [string, string]>, page);
	}

	return jsonRows(rest.length === entries.length ? text : JSON.stringify(Object.fromEntries(rest)), page);
};

const isShort = (key: string): boolean => /^[\w.-]{1,24}$/.test(key);

/** A value that reads well beside its name; undefined for structures, long text and numbers that parsing rounds. */
const factOf = (value: unknown): string | undefined => {
	if (typeof value === 'string') {
		return value.length <= 200 && value !== '' && !/[\r\n]/.test(value) ? value : undefined;
	}

	return typeof value === 'boolean' || (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER)
		? String(value)
		: undefined;
};
