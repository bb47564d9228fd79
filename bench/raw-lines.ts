// One line back: from the log while it is what was read, and from the archive once the log is gone.
import fs from 'node:fs';
import path from 'node:path';
import {generateHome, type HomeKind} from './generate-home.js';
import {runNode} from './measure/run-process.js';
import {percentile} from './measure/statistics.js';
import {heading, limited, type Row, tableText} from './measure/table.js';
import {buildTask, inTemporaryFolder, isStarted, publishedSamples} from './measure/workplace.js';
import {repeatSamples} from './repeat-samples.js';
import type {RawLinesReport} from './tasks/raw-lines.js';

const lines = 2000;
const homeBytes = 100e6;

export const measureRawLines = async (): Promise<Row[]> => {
	const tasks = {ingest: await buildTask('ingest'), rawLines: await buildTask('raw-lines')};
	const measure = async (title: string, make: (home: string) => unknown): Promise<Row[]> =>
		inTemporaryFolder(async folder => {
			const home = path.join(folder, 'home');
			const database = path.join(folder, 'codex-tui.db');
			make(home);
			runNode([tasks.ingest, home, database, 'archive']);
			const ask = (): RawLinesReport =>
				JSON.parse(runNode([tasks.rawLines, database, String(lines)]).stdout) as RawLinesReport;
			const fromLog = ask();
			fs.renameSync(home, `${home}-gone`);
			const fromArchive = ask();
			if (fromLog.bytes !== fromArchive.bytes) {
				throw new Error(`${fromLog.bytes} bytes came from the logs, ${fromArchive.bytes} from the archive.`);
			}

			return [
				heading(`One line back, ${lines} lines anywhere: ${title}`),
				...rowsOf('from the log', fromLog),
				...rowsOf('from the archive', fromArchive),
			];
		});

	const generated = async (kind: HomeKind): Promise<Row[]> =>
		measure(kind, home => generateHome({out: home, bytes: homeBytes, kind}));
	const samples = publishedSamples();
	return [
		...(await generated('typical')),
		...(samples === undefined
			? [heading('Published samples: skipped, as ../shared/corpus is not there.')]
			: await measure('published samples, repeated', home => repeatSamples(samples, home, homeBytes))),
		...(await generated('images')),
	];
};

const rowsOf = (from: string, {times}: RawLinesReport): Row[] => [
	limited(`${from}, p50`, percentile(times, 0.5), 'ms', {atMost: 0.3}),
	limited(`${from}, p95`, percentile(times, 0.95), 'ms', {atMost: 1}),
];

if (isStarted(import.meta.url)) {
	console.log(tableText(await measureRawLines()));
}
