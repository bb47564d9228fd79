import type {PromptSummary} from '../model/session.js';
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

/** Below the events of a prompt: what it cost in tokens, and why it is gone where it is. The longest wording that fits. */
export const promptFooter = (prompt: PromptSummary | undefined, width: number): Row => {
	if (!prompt) {
		return padToWidth([], width);
	}

	const gone = goneText(prompt.gone, true);
	const room = width - (gone === '' ? 0 : textWidth(gone) + 3);
	const tokens = tokenTexts(prompt).find(text => textWidth(text) <= room) ?? '';
	return padToWidth(
		[
			...(gone === '' ? [] : [{text: gone, tone: 'warning'} as const]),
			...(gone === '' || tokens === '' ? [] : [{text: ' · ', tone: 'dim'} as const]),
			{text: tokens, tone: 'dim'},
		],
		width,
	);
};
