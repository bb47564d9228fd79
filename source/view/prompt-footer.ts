import type {Gone, PromptSummary} from '../model/session.js';
import {padToWidth, textWidth} from '../text/cells.js';
import {countLabel} from '../text/labels.js';
import type {Row} from '../text/span.js';
import {goneText} from './gone.js';

const tokenTexts = ({usage}: PromptSummary): string[] => {
	const {inputTokens, cachedInputTokens, outputTokens, reasoningOutputTokens, totalTokens} = usage;
	if (totalTokens === 0) {
		return ['no tokens recorded', ''];
	}

	const part = (count: number, name: string): string => (count > 0 ? ` (${countLabel(count)} ${name})` : '');
	const total = `${countLabel(totalTokens)} tokens`;
	const [input, output] = [countLabel(inputTokens), countLabel(outputTokens)];
	return [
		`${total}: ${input} in${part(cachedInputTokens, 'cached')}, ${output} out${part(reasoningOutputTokens, 'reasoning')}`,
		`${total}: ${input} in, ${output} out`,
		total,
	];
};

/**
Below the events of a prompt: what it cost in tokens, in the longest wording that fits, and since when it, or its
whole session, is gone from the logs.
*/
export const promptFooter = (prompt: PromptSummary | undefined, sessionGone: Gone | null, width: number): Row => {
	const gone = goneText(prompt?.gone ?? sessionGone, true);
	const room = width - (gone === '' ? 0 : textWidth(gone) + 3);
	const tokens = (prompt ? tokenTexts(prompt) : []).find(text => textWidth(text) <= room) ?? '';
	return padToWidth(
		[
			...(gone === '' ? [] : [{text: gone, tone: 'warning'} as const]),
			...(gone === '' || tokens === '' ? [] : [{text: ' · ', tone: 'dim'} as const]),
			{text: tokens, tone: 'dim'},
		],
		width,
	);
};
