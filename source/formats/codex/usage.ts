import {addUsage, noUsage, subtractUsage, type TokenUsage} from '../../model/token-usage.js';
import {countIn, integer, isObject, type Json, text} from '../json.js';

/** The fields by their names: a fifth of all lines tells counts, and a fixed name is found faster than one passed on. */
type Counts = Partial<
	Record<
		| 'input_tokens'
		| 'cached_input_tokens'
		| 'cache_write_input_tokens'
		| 'output_tokens'
		| 'reasoning_output_tokens'
		| 'total_tokens',
		unknown
	>
>;

/** Token counts as Codex spells them; a missing total is the sum of its parts. */
export const usageOf = (value: unknown): TokenUsage | null => {
	if (!isObject(value)) {
		return null;
	}

	const counts: Counts = value;
	const inputTokens = countIn(counts.input_tokens);
	const outputTokens = countIn(counts.output_tokens);
	return {
		inputTokens,
		cachedInputTokens: countIn(counts.cached_input_tokens),
		outputTokens,
		reasoningOutputTokens: countIn(counts.reasoning_output_tokens),
		totalTokens: countIn(counts.total_tokens) || countIn(inputTokens + outputTokens),
	};
};

/** What has been counted so far, to tell the next line's share. */
export type UsageState = {
	/** Last cumulative total seen. */
	total: TokenUsage | null;
	/** Last response usage seen, to recognise a repeated one after a reset. */
	last: TokenUsage | null;
	/** Whether a `token_usage_record` has come since the last counted `token_count`. */
	isRecorded: boolean;
	/** Responses counted lately, so that a record written twice counts once. */
	responses: string[];
	/** The thread goes on from another rollout, whose total it does not begin at zero. */
	isContinued: boolean;
};

export const noUsageYet = (): UsageState => ({
	total: null,
	last: null,
	isRecorded: false,
	responses: [],
	isContinued: false,
});

const same = (a: TokenUsage | null, b: TokenUsage | null): boolean => a !== null && b !== null && hasSameParts(a, b);

const hasSameParts = (a: TokenUsage, b: TokenUsage): boolean =>
	a.inputTokens === b.inputTokens &&
	a.cachedInputTokens === b.cachedInputTokens &&
	a.outputTokens === b.outputTokens &&
	a.reasoningOutputTokens === b.reasoningOutputTokens;

const hasParts = (usage: TokenUsage): boolean => usage.inputTokens > 0 || usage.outputTokens > 0;

/**
What one `token_count` adds to its session (format reference 14.3). The event repeats itself, counts on
over resumes, and is replaced by the window size after an overflow: so it is the difference of the
cumulative totals that counts, and after a reset the last response, if it is a new one.
*/
export const shareOf = (state: UsageState, total: TokenUsage, last: TokenUsage | null): TokenUsage => {
	const before = state.total ?? (state.isContinued && last !== null ? subtractUsage(total, last) : null);
	if (before !== null && hasSameParts(before, total)) {
		return noUsage;
	}

	const difference = subtractUsage(total, before ?? noUsage);
	const {inputTokens, cachedInputTokens, outputTokens, reasoningOutputTokens} = difference;
	if (inputTokens >= 0 && cachedInputTokens >= 0 && outputTokens >= 0 && reasoningOutputTokens >= 0) {
		difference.totalTokens = inputTokens + outputTokens;
		return difference;
	}

	return last !== null && hasParts(last) && !same(last, state.last) ? last : noUsage;
};

/** Whether a total is the last one, or goes on from it by the response that the line names. */
export const goesOn = ({total: before}: UsageState, total: TokenUsage, last: TokenUsage | null): boolean =>
	before !== null && (hasSameParts(before, total) || (last !== null && hasSameParts(addUsage(before, last), total)));

/** Counts a `token_count` line and returns what it adds; nothing when a usage record told it already. */
export const countTokens = (state: UsageState, total: TokenUsage, last: TokenUsage | null): TokenUsage => {
	const share = shareOf(state, total, last);
	const own = state.isRecorded ? noUsage : share;
	state.total = total;
	state.last = last;
	state.isRecorded = false;
	return own;
};

/** Response ids remembered; a repeated record comes soon after the first. */
const memory = 64;

/**
Counts a `token_usage_record`, which names one response's usage exactly; nothing for one of another
thread, or one told before.
*/
export const countRecord = (
	state: UsageState,
	usage: TokenUsage,
	payload: Json,
	threadId: string | null,
): TokenUsage => {
	const owner = text(payload, 'thread_id');
	const response = text(payload, 'response_id');
	if (
		(owner !== null && threadId !== null && owner !== threadId) ||
		(response !== null && state.responses.includes(response))
	) {
		return noUsage;
	}

	if (response !== null) {
		state.responses = [...state.responses.slice(1 - memory), response];
	}

	state.isRecorded = true;
	return usage;
};

/** Usage of a `token_count` payload: null where it carries only rate limits. */
export const countPayload = (
	payload: Json,
): {total: TokenUsage; last: TokenUsage | null; contextWindow: number | null; cacheWriteTokens: number} | null => {
	const {info} = payload;
	if (!isObject(info)) {
		return null;
	}

	const {total_token_usage: all, last_token_usage: latest} = info;
	const total = usageOf(all);
	const contextWindow = integer(info, 'model_context_window');
	return total === null
		? null
		: {
				total,
				last: usageOf(latest),
				contextWindow,
				cacheWriteTokens: isObject(latest) ? countIn((latest as Counts).cache_write_input_tokens) : 0,
			};
};
