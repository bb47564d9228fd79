// What redaction finds, leaves alone and costs: the labelled set and the hostile inputs of ../shared/redaction, the
// published sample sessions, and the time to load the rules.
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {generateHome} from './generate-home.js';
import {runNode} from './measure/run-process.js';
import {heading, limited, type Row, tableText} from './measure/table.js';
import {buildTask, inTemporaryFolder, isStarted, publishedSamples} from './measure/workplace.js';
import type {SpeedReport} from './tasks/redaction-speed.js';

const labelled = fileURLToPath(new URL('../../shared/redaction/', import.meta.url));

type Score = {
	res: {recall: number; precision: number; falseAlarmRate: number};
	tiers: Record<string, {n: number; full: number}>;
};

const floors: [tier: string, name: string, percent: number][] = [
	['secret/1', 'self-identifying secrets found', 97],
	['secret/2', 'secrets beside a name or command found', 92],
	['secret/3', 'hard ones found', 45],
	['pii/P', 'personal data found', 90],
];

const atLeast = (figure: string, value: number, unit: string, floor: number): Row => ({
	figure,
	ours: `${value.toFixed(1)} ${unit}`,
	reference: '',
	ratio: '',
	aim: `≥ ${floor}`,
	isReached: value >= floor,
});

const score = (adapter: string, folder: string, embed?: number): Row[] => {
	const json = path.join(folder, 'score.json');
	runNode([
		path.join(labelled, 'score.mjs'),
		adapter,
		labelled,
		'--json',
		json,
		...(embed === undefined ? [] : ['--embed', String(embed)]),
	]);
	const {res, tiers} = JSON.parse(fs.readFileSync(json, 'utf8')) as Score;
	return [
		heading(embed === undefined ? 'Labelled set' : `Labelled set, each secret across character ${embed}`),
		...floors.map(([tier, name, floor]) => {
			const {n, full} = tiers[tier] ?? {n: 0, full: 0};
			return atLeast(`${name} (${full} of ${n})`, (100 * full) / n, '%', floor);
		}),
		limited('false alarms', 100 * res.falseAlarmRate, '%', {atMost: 5}),
		atLeast('precision', 100 * res.precision, '%', 95),
	];
};

/** How often the hostile inputs are run when one was slow: it measures time on the wall, which others share. */
const attempts = 3;

/** The program of hostile inputs says itself which ones took too long. */
const hostile = (adapter: string, attempt = 1): Row => {
	const {status, stdout} = spawnSync(process.execPath, [path.join(labelled, 'hostile.mjs'), adapter, '100'], {
		encoding: 'utf8',
	});
	return status !== 0 && attempt < attempts
		? hostile(adapter, attempt + 1)
		: {
				figure: `hostile inputs, 100 ms each: ${stdout.trim().replaceAll('\n', '; ')}`,
				ours: '',
				reference: '',
				ratio: '',
				aim: 'all',
				isReached: status === 0,
			};
};

const speed = (task: string, home: string, name: string, hasKnownMarks: boolean): Row[] => {
	const report = JSON.parse(runNode([task, home]).stdout) as SpeedReport;
	const perMegabyte = report.secretMarks / report.megabytes;
	return [
		heading(`${name}: ${report.megabytes.toFixed(1)} MB of text, one thread, processor time`),
		atLeast('secrets', report.secretsPerSecond, 'MB/s', 12),
		atLeast('secrets and personal data', report.allPerSecond, 'MB/s', 8),
		limited('rules loaded and first text', report.loadMs, 'ms', {atMost: 150}),
		...(hasKnownMarks
			? [
					{
						figure: `secret marks per MB (${JSON.stringify(report.marks)})`,
						ours: perMegabyte.toFixed(2),
						reference: '',
						ratio: '',
						aim: '≤ 2',
						isReached: perMegabyte <= 2,
					},
				]
			: []),
	];
};

export const measureRedaction = async (): Promise<Row[]> => {
	const [adapter, task] = [await buildTask('redaction-adapter'), await buildTask('redaction-speed')];
	return inTemporaryFolder(async folder => {
		const rows = fs.existsSync(labelled)
			? [...score(adapter, folder), ...score(adapter, folder, 65_536), hostile(adapter)]
			: [heading('Labelled set and hostile inputs: skipped, as ../shared/redaction is not there.')];
		const samples = publishedSamples();
		if (samples !== undefined) {
			return [...rows, ...speed(task, samples, 'Published samples', true)];
		}

		const home = path.join(folder, 'home');
		generateHome({out: home, bytes: 20e6, kind: 'typical'});
		return [
			...rows,
			heading('Published samples: skipped, as ../shared/corpus is not there.'),
			...speed(task, home, 'Generated home', false),
		];
	});
};

if (isStarted(import.meta.url)) {
	const rows = await measureRedaction();
	console.log(tableText(rows));
	process.exitCode = rows.some(({isReached}) => isReached === false) ? 1 : 0;
}
