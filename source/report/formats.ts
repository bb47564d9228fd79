import {didYouMean} from '../model/did-you-mean.js';
import {UserError} from '../model/problem.js';
import type {ReportPart} from './report-part.js';

/** Writes the parts of a report as pieces of one document; no piece cuts a placeholder in two. */
export type RenderDocument = (parts: AsyncIterable<ReportPart>) => AsyncIterable<string>;

/** The same as pieces of several files. */
export type RenderFiles = (parts: AsyncIterable<ReportPart>) => AsyncIterable<{file: string; text: string}>;

export type ReportFormat = {
	/** As `--format` names it. */
	id: string;
	title: string;
	/** Endings of files by which it is chosen. */
	endings: readonly string[];
} & (
	| {type: 'document'; load: () => Promise<RenderDocument>}
	/** Several files in a folder, all of which are there in the end. */
	| {type: 'folder'; load: () => Promise<{files: readonly string[]; render: RenderFiles}>}
);

export const reportFormats: readonly ReportFormat[] = [
	{
		id: 'md',
		title: 'Markdown',
		endings: ['.md', '.markdown'],
		type: 'document',
		load: async () => (await import('./markdown/markdown-report.js')).markdownReport,
	},
	{
		id: 'html',
		title: 'HTML',
		endings: ['.html', '.htm'],
		type: 'document',
		load: async () => (await import('./html/html-report.js')).htmlReport,
	},
	{
		id: 'json',
		title: 'JSON',
		endings: ['.json'],
		type: 'document',
		load: async () => (await import('./json/json-report.js')).jsonReport,
	},
	{
		id: 'csv',
		title: 'CSV',
		endings: [],
		type: 'folder',
		async load() {
			const {csvFiles, csvReport} = await import('./csv/csv-report.js');
			return {files: csvFiles, render: csvReport};
		},
	},
];

/** The format of that name, else the one that a file's ending tells, else Markdown. */
export const reportFormat = (name: string | undefined, file: string | undefined): ReportFormat => {
	const ids = reportFormats.map(({id}) => id);
	const found =
		name === undefined
			? (reportFormats.find(({endings}) => endings.some(ending => file?.toLowerCase().endsWith(ending))) ??
				reportFormats[0])
			: reportFormats.find(({id}) => id === name.toLowerCase());
	if (found === undefined) {
		const hint = didYouMean(name ?? '', ids) || ` Choose one of ${ids.join(', ')}.`;
		throw new UserError(`The flag --format does not know "${name}".${hint}`);
	}

	return found;
};
