/**
Tokens as the model provider counts them. `cachedInputTokens` is part of `inputTokens`,
`reasoningOutputTokens` is part of `outputTokens`, and `totalTokens` is input plus output.
*/
export type TokenUsage = {
	inputTokens: number;
	cachedInputTokens: number;
	outputTokens: number;
	reasoningOutputTokens: number;
	totalTokens: number;
};

export const noUsage: Readonly<TokenUsage> = {
	inputTokens: 0,
	cachedInputTokens: 0,
	outputTokens: 0,
	reasoningOutputTokens: 0,
	totalTokens: 0,
};

const combine = (a: TokenUsage, b: TokenUsage, sign: 1 | -1): TokenUsage => ({
	inputTokens: a.inputTokens + sign * b.inputTokens,
	cachedInputTokens: a.cachedInputTokens + sign * b.cachedInputTokens,
	outputTokens: a.outputTokens + sign * b.outputTokens,
	reasoningOutputTokens: a.reasoningOutputTokens + sign * b.reasoningOutputTokens,
	totalTokens: a.totalTokens + sign * b.totalTokens,
});

export const addUsage = (a: TokenUsage, b: TokenUsage): TokenUsage => combine(a, b, 1);
export const subtractUsage = (a: TokenUsage, b: TokenUsage): TokenUsage => combine(a, b, -1);
