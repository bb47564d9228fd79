/** The value below which so large a share of the values lies; NaN of none. */
export const percentile = (values: readonly number[], share: number): number =>
	values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)] ?? Number.NaN;

export const median = (values: readonly number[]): number => {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	const [below = Number.NaN, above = Number.NaN] = [sorted[middle - 1], sorted[middle]];
	return sorted.length % 2 === 0 ? (below + above) / 2 : above;
};

/** Median of the ratios of runs that were made in turn, which a machine's slow minutes leave alone. */
export const medianRatio = (ours: readonly number[], reference: readonly number[]): number =>
	median(ours.map((value, index) => value / (reference[index] ?? Number.NaN)));
