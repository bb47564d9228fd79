import {type FilterRow, filterRows} from './filter-table.js';

const kindWords: Record<FilterRow['kind'], string> = {
	text: 'text',
	choice: 'one of a list',
	day: 'day or time',
	number: 'number',
	money: 'dollars',
};

/** The filters as a Markdown table. */
export const filterTable = (): string =>
	[
		'| Filter | Finds | Value | About | Example |',
		'| --- | --- | --- | --- | --- |',
		...filterRows.map(row => {
			const words = [...row.choices.slice(0, row.kind === 'number' ? undefined : 0).map(({value}) => `\`${value}\``)];
			const value = [...words, kindWords[row.kind]].join(', ');
			return `| \`${row.name}:\` | ${row.meaning} | ${value} | ${row.about.join(', ')} | \`${row.example}\` |`;
		}),
	].join('\n');

/** The values of a filter with fixed choices as a Markdown table. */
export const choiceTable = ({name, choices}: FilterRow): string =>
	[`| \`${name}:\` | |`, '| --- | --- |', ...choices.map(({value, meaning}) => `| \`${value}\` | ${meaning} |`)].join(
		'\n',
	);
