import type {Match} from './finding.js';

/**
Joins ranges that overlap: the result covers all of them, and the most specific rule gives it its name. In ascending order.
*/
export const merged = (matches: readonly Match[]): Match[] => {
	const sorted = matches.toSorted((one, other) => one.start - other.start || other.end - one.end);
	const results: Match[] = [];
	for (const match of sorted) {
		const last = results.at(-1);
		if (last === undefined || match.start >= last.end) {
			results.push(match);
			continue;
		}

		const end = Math.max(last.end, match.end);
		const named = isMoreTelling(match, last) ? match : last;
		const isWhole = named.start === last.start && named.end === end;
		results[results.length - 1] = {
			...named,
			start: last.start,
			end,
			replacement: isWhole || named.class === 'custom' ? named.replacement : undefined,
			value: isWhole ? named.value : longer(last, match, end),
		};
	}

	return results;
};

const isMoreTelling = (one: Match, other: Match): boolean =>
	one.specificity - other.specificity > 0 ||
	(one.specificity === other.specificity && one.end - one.start > other.end - other.start);

/** The value of the one that covers all, else of both. */
const longer = (last: Match, match: Match, end: number): string => {
	if (last.end === end) {
		return last.value;
	}

	return match.start === last.start ? match.value : `${last.value}\u0000${match.value}`;
};

/** Takes what is a placeholder already out of the ranges; crumbs of under four characters beside one are left. */
export const withoutPlaceholders = (
	matches: readonly Match[],
	placeholders: readonly {start: number; end: number}[],
): Match[] =>
	placeholders.length === 0
		? [...matches]
		: matches.flatMap(match => {
				const inside = placeholders.filter(({start, end}) => start < match.end && end > match.start);
				if (inside.length === 0) {
					return [match];
				}

				const pieces: Match[] = [];
				let from = match.start;
				for (const {start, end} of [...inside, {start: match.end, end: match.end}]) {
					if (start - from >= 4) {
						pieces.push({
							...match,
							start: from,
							end: start,
							value: `${match.value}\u0000${pieces.length}`,
							replacement: undefined,
						});
					}

					from = Math.max(from, end);
				}

				return pieces;
			});
