/** ` Did you mean X?` for the nearest known word, or an empty string when none is near. */
export const didYouMean = (
	word: string,
	known: readonly string[],
	show = (name: string): string => `"${name}"`,
): string => {
	const limit = Math.max(1, Math.floor(word.length / 3));
	const [nearest] = known
		.map(name => ({name, distance: editDistance(word.toLowerCase(), name.toLowerCase())}))
		.filter(({name, distance}) => distance <= limit || (word.length >= 3 && name.startsWith(word)))
		.sort((a, b) => a.distance - b.distance);
	return nearest === undefined ? '' : ` Did you mean ${show(nearest.name)}?`;
};

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
const editDistance = (a: string, b: string): number => {
	let beforeLast: number[] = [];
	let last = Array.from({length: b.length + 1}, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			let cost = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
			if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && i > 1 && j > 1) {
				cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
			}

			row.push(cost);
		}

		[beforeLast, last] = [last, row];
	}

	return last[b.length] ?? 0;
};
