// What full-text search and the look for secrets cost: the text pass beside the structure pass and beside parsing every line, and the size of
// the words beside the logs.
import fs from 'node:fs';
import path from 'node:path';
import {searchPath} from '../source/store/sqlite/database.js';
import {generateHome, type HomeKind} from './generate-home.js';
import {runNode} from './measure/run-process.js';
import {median} from './measure/statistics.js';
import {compared, heading, limited, type Row, tableText} from './measure/table.js';
import {buildTask, inTemporaryFolder, isStarted, publishedSamples, removeDatabase} from './measure/workplace.js';
import {repeatSamples} from './repeat-samples.js';
import type {ParseReport} from './tasks/parse-limit.js';
import type {TextReport} from './tasks/text.js';

const rounds = 3;
const homeBytes = 100e6;

type Home = {name: string; make(folder: string): {bytes: number; files: number}};

const generated = (kind: HomeKind): Home => ({
	name: `Generated home, ${kind}`,
	make: out => generateHome({out, bytes: homeBytes, kind}),
});

export const measureText = async (): Promise<Row[]> => {
	const tasks = {text: await buildTask('text'), parseLimit: await buildTask('parse-limit')};
	const samples = publishedSamples();
	const homes: Home[] = [
		generated('typical'),
		...(samples === undefined
			? []
			: [{name: 'Published samples, repeated', make: (out: string) => repeatSamples(samples, out, homeBytes)}]),
		generated('images'),
	];
	const rows: Row[] =
		samples === undefined ? [heading('Published samples: skipped, as ../shared/corpus is not there.')] : [];
	for (const home of homes) {
		rows.push(...(await inTemporaryFolder(async folder => measureHome(tasks, home, folder))));
	}

	return rows;
};

const measureHome = (tasks: {text: string; parseLimit: string}, {name, make}: Home, folder: string): Row[] => {
	const home = path.join(folder, 'home');
	const database = path.join(folder, 'codex-tui.db');
	const {bytes, files} = make(home);
	const reports: TextReport[] = [];
	const limits: ParseReport[] = [];
	let size = 0;
	for (let round = -1; round < rounds; round++) {
		removeDatabase(database);
		const limit = JSON.parse(runNode([tasks.parseLimit, home]).stdout) as ParseReport;
		const report = JSON.parse(runNode([tasks.text, home, database]).stdout) as TextReport;
		size = fs.statSync(searchPath(database)).size;
		if (round >= 0) {
			limits.push(limit);
			reports.push(report);
		}
	}

	const cpu = (part: 'structure' | 'messages' | 'text' | 'findings'): number[] =>
		reports.map(report => report[part].cpuSeconds);
	const limit = limits.map(({cpuSeconds}) => cpuSeconds);
	return [
		heading(`${name}: ${files} files, ${Math.round(bytes / 1e6)} MB`),
		compared('text pass, CPU, beside JSON.parse of every line', cpu('text'), limit, 's', null),
		compared('text pass, CPU, beside the structure pass', cpu('text'), cpu('structure'), 's', 5),
		compared('messages searchable, CPU, beside the structure pass', cpu('messages'), cpu('structure'), 's', null),
		compared('look for secrets, CPU, beside JSON.parse of every line', cpu('findings'), limit, 's', null),
		limited('peak memory, all passes', median(reports.map(({peakMB}) => peakMB)), 'MB', {atMost: 300}),
		{
			...limited('words, beside the logs', size / 1e6, 'MB', null, `${(bytes / 1e6).toFixed(0)} MB`),
			ratio: (size / bytes).toFixed(3),
			aim: '≤ 0.13',
			isReached: size / bytes <= 0.13,
		},
	];
};

if (isStarted(import.meta.url)) {
	console.log(tableText(await measureText()));
}
