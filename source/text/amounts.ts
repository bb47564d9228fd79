import {exactCountLabel} from './labels.js';

/** `$12.40`, `<$0.01`, `-` without any price, `$12.40+` when some of the tokens have none. */
export const costLabel = ({cost, unpricedTokens}: {cost: number | null; unpricedTokens: number}): string => {
	if (cost === null) {
		return '-';
	}

	const [dollars = '0', cents = '00'] = cost.toFixed(2).split('.');
	const label = cost > 0 && cost < 0.005 ? '<$0.01' : `$${exactCountLabel(Number(dollars))}.${cents}`;
	return unpricedTokens > 0 ? `${label}+` : label;
};

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A share of the width in eighths of a cell; whatever is more than nothing is seen. */
export const barOf = (share: number, width: number): string => {
	if (!(share > 0) || width < 1) {
		return '';
	}

	const filled = Math.min(width * 8, Math.max(1, Math.round(share * width * 8)));
	return '█'.repeat(Math.floor(filled / 8)) + (eighths[filled % 8] ?? '');
};
