import type {DatabaseHealth, Finding, FormatHealth, Health, LogChange} from '../store/health.js';
import {bytesLabel, dateTimeLabel, exactCountLabel, summaryLine} from '../text/labels.js';
import {plainPath} from '../text/paths.js';
import {listLines} from './codex-list-lines.js';
import {type DoctorReport, isHealthy} from './doctor-report.js';
import {aligned, counted, firstRows} from './doctor-rows.js';

/** A section: its heading, then its rows, or a sentence when there is nothing to tell. */
const section = (heading: string, rows: readonly string[], allWell = ''): string[] => [
	'',
	heading,
	...(rows.length === 0 ? [`  ${allWell}`] : rows),
];

/** The whole report as text. */
export const doctorLines = (report: DoctorReport): string[] => {
	const {health, failures} = report;
	const lines = [
		...listLines(report),
		...section(
			'Logs that changed other than by growing',
			changeRows(health.changes),
			'None: every log has only grown.',
		),
		...section('Lines that could not be read', findingRows(health.problems), 'None: every line could be read.'),
		...section(
			'Kinds of lines that this release does not know',
			findingRows(health.unknownKinds),
			'None: every line is of a known kind.',
		),
		...section('Releases of Codex that began the sessions', versionRows(health.versions), 'No sessions are known yet.'),
		...section('Formats of the logs on disk', formatRows(health.formats), 'There are no logs on disk.'),
		'',
		...databaseLines(health.databases),
		...archiveRows(health.archive),
		...section(
			'Files that could not be read in this run',
			firstRows(failures.map(({path, reason}) => `  ${plainPath(path)}: ${summaryLine(reason)}`)),
			'None: every log was read.',
		),
		'',
		isHealthy(health.databases, failures)
			? 'The databases are sound and every log was read.'
			: 'Not in order: see the databases and the files that could not be read above.',
	];
	return lines.slice(lines[0] === '' ? 1 : 0);
};

const changeRows = (changes: readonly LogChange[]): string[] =>
	firstRows(
		changes.map(({path, at, reason, prompts}) => {
			const kept = prompts === 0 ? '' : `; ${counted(prompts, 'prompt')} kept here`;
			return `  ${dateTimeLabel(at)}  ${reason}: ${plainPath(path)}${kept}`;
		}),
	);

const findingRows = (findings: readonly Finding[]): string[] =>
	firstRows(
		aligned(
			findings.map(({what, count, path, line}) => [
				`${exactCountLabel(count)} ×`,
				summaryLine(what, 80) || '(unnamed)',
				`first at ${plainPath(path)}:${line}`,
			]),
		),
	);

const versionRows = (versions: Health['versions']): string[] =>
	aligned(
		versions.map(({version, sessions}) => [
			version === null ? '(not told)' : summaryLine(version, 40),
			counted(sessions, 'session'),
		]),
	);

const eras = new Map<string | null, string>([
	['document', 'document of the first releases'],
	['bare', 'bare lines of 2025'],
	['legacy', 'lines in envelopes, legacy history'],
	['paginated', 'lines in envelopes, paginated history'],
	[null, 'not recognised'],
]);

const formatRows = (formats: readonly FormatHealth[]): string[] =>
	aligned(
		formats.map(({container, era, sessions, files, bytes}) => [
			`.${container}`,
			eras.get(era) ?? era ?? '',
			`${counted(files, 'log')} of ${counted(sessions, 'session')}, ${bytesLabel(bytes)}`,
		]),
	);

/** The databases, with what to do about damage. */
export const databaseLines = (databases: readonly DatabaseHealth[]): string[] => {
	const widest = Math.max(...databases.map(({part}) => part.length));
	const rows = databases.flatMap(({part, path, bytes, faults}) => [
		`  ${part.padEnd(widest)}  ${plainPath(path)}: ${bytesLabel(bytes)}, ${faults.length === 0 ? 'sound' : 'damaged'}`,
		...faults.map(fault => `${' '.repeat(widest + 4)}${summaryLine(fault)}`),
	]);
	const isDamaged = (name: string): boolean => databases.some(({part, faults}) => part === name && faults.length > 0);
	return [
		'Databases',
		...rows,
		...(isDamaged('index')
			? ['  Make the index anew with codex-tui doctor --repair: the damaged one is kept beside it.']
			: []),
		...(isDamaged('search')
			? ['  Make the search database anew with codex-tui doctor --repair, or by deleting it: nothing is lost with it.']
			: []),
		...(isDamaged('archive')
			? [
					'  The next start puts back what logs on disk still hold. Keep a copy of the archive before anything else: raw lines of',
					'  logs that are gone are nowhere else.',
				]
			: []),
		...(isDamaged('annotations')
			? [
					'  Keep a copy of the annotations, then put those of a backup in their place: your tags and notes are nowhere else.',
				]
			: []),
	];
};

const archiveRows = ({bytes, pending, lost, unlisted}: Health['archive']): string[] => [
	`  The archive holds ${bytesLabel(bytes)} of raw lines${pending === 0 ? ': all of every log on disk' : `; ${bytesLabel(pending)} of logs on disk are still to come`}.`,
	...(lost === 0 ? [] : [`  ${bytesLabel(lost)} of logs that changed or went away were not archived in time.`]),
	...(unlisted === 0
		? []
		: [`  ${counted(unlisted, 'archived log is', 'archived logs are')} not in the index: kept, but not shown.`]),
];
