import {countLabel, exactCountLabel} from '../../text/labels.js';
import {html, htmlLine} from './escape.js';

/** A bar of a chart. */
export type Bar = {label: string; value: number; words: string};

const width = 704;

/** Bars beside their names, the largest first or as they come, with a table that says the same. */
export const barChart = (id: string, title: string, unit: string, bars: readonly Bar[]): string => {
	if (bars.length === 0) {
		return '';
	}

	const most = Math.max(...bars.map(({value}) => value), 1);
	const rows = bars.map(({label, value, words}, index) => {
		const y = index * 26;
		const length = Math.max(value > 0 ? 2 : 0, Math.round((value / most) * (width - 320)));
		return (
			`<text x="0" y="${y + 17}">${htmlLine(cut(label, 28))}</text>` +
			`<rect class="bar" x="200" y="${y + 5}" width="${length}" height="16" rx="2"/>` +
			`<text x="${208 + length}" y="${y + 17}">${htmlLine(words)}</text>`
		);
	});
	return figure(id, title, unit, bars, bars.length * 26 + 4, rows.join(''));
};

/** Columns in the order of time. Many days share their columns with their neighbours. */
export const timeChart = (id: string, title: string, unit: string, days: readonly Bar[]): string => {
	const [first, last] = [days[0], days.at(-1)];
	if (first === undefined || last === undefined) {
		return '';
	}

	const height = 180;
	const perColumn = Math.ceil(days.length / 120);
	const columns = Array.from({length: Math.ceil(days.length / perColumn)}, (_, index) =>
		days.slice(index * perColumn, (index + 1) * perColumn).reduce((sum, {value}) => sum + value, 0),
	);
	const most = Math.max(...columns, 1);
	const step = (width - 60) / columns.length;
	const bars = columns.map((value, index) => {
		const tall = Math.max(value > 0 ? 1 : 0, Math.round((value / most) * (height - 40)));
		const [x, wide] = [(56 + index * step).toFixed(1), Math.min(40, Math.max(1, step - 2)).toFixed(1)];
		return `<rect class="bar" x="${x}" y="${height - 24 - tall}" width="${wide}" height="${tall}"/>`;
	});
	const axis =
		`<line class="axis" x1="52" y1="${height - 24}" x2="${width}" y2="${height - 24}"/>` +
		`<text x="0" y="24">${countLabel(most)}</text><text x="56" y="${height - 6}">${html(first.label)}</text>` +
		(days.length > 1 ? `<text x="${width}" y="${height - 6}" text-anchor="end">${html(last.label)}</text>` : '');
	return figure(id, title, unit, days, height, axis + bars.join(''));
};

const figure = (
	id: string,
	title: string,
	unit: string,
	bars: readonly Bar[],
	height: number,
	drawing: string,
): string => {
	const total = bars.reduce((sum, {value}) => sum + value, 0);
	const largest = bars.reduce((one, other) => (other.value > one.value ? other : one));
	const description = `${bars.length} ${bars.length === 1 ? 'bar' : 'bars'}, ${exactCountLabel(total)} ${unit} in all; the most is ${largest.label} with ${largest.words}. The table below says the same.`;
	const rows = bars.map(
		({label, words}) => `<tr><th scope="row">${htmlLine(label)}</th><td class="number">${htmlLine(words)}</td></tr>`,
	);
	return (
		`<figure><figcaption>${html(title)}</figcaption>\n` +
		`<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-words"><title id="${id}-title">${html(title)}</title>` +
		`<desc id="${id}-words">${htmlLine(description)}</desc>${drawing}</svg>\n` +
		`<details><summary>${html(title)} as a table</summary><div class="table"><table><tbody>${rows.join('')}</tbody></table></div></details></figure>\n`
	);
};

const cut = (text: string, length: number): string =>
	[...text].length > length ? `${[...text].slice(0, length - 1).join('')}…` : text;
