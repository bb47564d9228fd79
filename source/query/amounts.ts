const factors: Record<string, number> = {'': 1, k: 1e3, m: 1e6, g: 1e9};

/** The number that `1500`, `-1`, `1.5M`, `200k` or, for money, `$0.50` means; undefined for anything else. */
export const amountOf = (words: string): number | undefined => {
	const groups = /^(?<sign>-?)\$?(?<digits>\d+(?:\.\d+)?|\.\d+)(?<unit>[kmg]?)$/i.exec(words.trim())?.groups;
	if (groups === undefined) {
		return undefined;
	}

	// Rounded, since 1.1 times a million is a little more than that.
	const size = Number((Number(groups['digits']) * (factors[groups['unit']?.toLowerCase() ?? ''] ?? 1)).toPrecision(15));
	return groups['sign'] === '-' && size !== 0 ? -size : size;
};

/** Whether more digits could still make a number of it: `!`, `-`, `$`, `1.`. */
export const mayBecomeAmount = (words: string): boolean => /^(?:!|-?\$?\d*\.?)$/.test(words);
