import {kindRows, type SizeGrouping, type SizeReport} from '../sizes/group.js';
import type {SizeKind} from '../sizes/kinds.js';
import type {StoredSizes} from '../store/stored-sizes.js';
import {barOf} from '../text/amounts.js';
import {cutToWidth, padToWidth, textWidth} from '../text/cells.js';
import {bytesLabel, exactCountLabel, percentLabel, summaryLine} from '../text/labels.js';
import {plainPath} from '../text/paths.js';
import {plainText} from '../text/sanitize.js';

const words: Record<SizeKind, string> = {
	messages: 'Messages',
	context: 'Instructions and context',
	reasoning: 'Reasoning',
	encrypted: 'Encrypted reasoning',
	'tool-calls': 'Tool calls',
	patches: 'Patches',
	'tool-output': 'Tool output',
	images: 'Images',
	compactions: 'Copies made by compactions',
	'compacted-images': 'Images copied by compactions',
	'token-counts': 'Token counts',
	repeats: 'Told twice by the log',
	other: 'Other',
	unreadable: 'Unreadable',
	'line-ends': 'Line ends',
};

const widestText = 60;
const widestFolder = 40;
const widestBar = 40;
const narrowestBar = 8;

/** Cells of a row; texts stand left, numbers right. */
type Row = {bytes: number; before: string[]; after: string[]};

type Table = {
	by: SizeGrouping;
	report: SizeReport;
	databases: StoredSizes['databases'];
	/** Rows shown one by one. */
	limit: number;
	/** Of a terminal. */
	columns: number | undefined;
};

/** The table with a row of totals, then what the databases take. */
export const sizeLines = ({by, report, databases, limit, columns}: Table): string[] => {
	const rows = by === 'kind' ? kindCells(report) : sessionCells(report);
	const rest = rows.slice(limit);
	const restRow: Row = {
		bytes: rest.reduce((sum, {bytes}) => sum + bytes, 0),
		before: by === 'kind' ? [`${rest.length} more`] : [],
		after: by === 'kind' ? [] : ['', rest.length === 1 ? '1 more session' : `${rest.length} more sessions`],
	};
	const shown = [...rows.slice(0, limit), ...(rest.length === 0 ? [] : [restRow])];
	const total: Row = {
		bytes: report.bytes,
		before: by === 'kind' ? ['Total'] : [],
		after: by === 'kind' ? [] : ['', `Total of ${report.sessions.length}`],
	};
	const heading =
		by === 'kind' ? {before: ['Kind'], after: []} : {before: [], after: ['Mostly', 'Session', 'Folder', 'Title']};
	const cells = [
		[...heading.before, 'Bytes', 'Size', 'Share', ...heading.after],
		...[...shown, total].map(({bytes, before, after}) => [
			...before,
			exactCountLabel(bytes),
			bytesLabel(bytes),
			percentLabel(bytes, report.bytes),
			...after,
		]),
	];
	const lines = alignedLines(cells, heading.before.length);
	const width = Math.max(...lines.map(textWidth));
	const most = Math.max(...shown.map(({bytes}) => bytes));
	const barWidth = by === 'kind' ? Math.min(widestBar, (columns ?? 0) - width - 2) : 0;
	const withBars = lines.map((line, index) => {
		const bytes = shown[index - 1]?.bytes;
		const bar = bytes === undefined || barWidth < narrowestBar ? '' : `  ${barOf(bytes / most, barWidth)}`;
		return (columns === undefined ? line : cutToWidth(line, columns)).trimEnd() + bar;
	});
	const rule = '─'.repeat(Math.min(width, columns ?? width));
	return [
		...withBars.slice(0, 1),
		rule,
		...withBars.slice(1, -1),
		rule,
		...withBars.slice(-1),
		'',
		databaseLine(databases),
	];
};

/** Columns two cells apart: texts, then three numbers, then texts again. */
const alignedLines = (cells: readonly string[][], firstNumber: number): string[] => {
	const widths = cells[0]?.map((_, column) => Math.max(...cells.map(row => textWidth(row[column] ?? '')))) ?? [];
	return cells.map(row =>
		widths
			.map((width, column) => {
				const isNumber = column >= firstNumber && column < firstNumber + 3;
				return padToWidth(row[column] ?? '', width, isNumber ? 'right' : undefined);
			})
			.join('  '),
	);
};

const kindCells = ({kinds}: SizeReport): Row[] =>
	kinds.map(({kind, bytes}) => ({bytes, before: [words[kind]], after: []}));

const sessionCells = ({sessions}: SizeReport): Row[] =>
	sessions.map(({threadId, title, cwd, bytes, sizes}) => {
		const [largest] = kindRows(sizes);
		return {
			bytes,
			before: [],
			after: [
				largest === undefined ? '' : `${words[largest.kind]} ${percentLabel(largest.bytes, bytes)}`,
				plainText(threadId).replaceAll('\n', ' '),
				cutToWidth(plainPath(cwd ?? ''), widestFolder),
				summaryLine(title ?? '', widestText),
			],
		};
	});

const databaseLine = (databases: StoredSizes['databases']): string =>
	`Databases: ${databases.map(({part, bytes}) => `${part} ${bytesLabel(bytes)}`).join(', ')}.`;
