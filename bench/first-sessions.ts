// How soon the newest 50 sessions can be read on a home that no database knows, however large it is.
import fs from 'node:fs';
import path from 'node:path';
import {generateHome, type Manifest} from './generate-home.js';
import {runBareNode, runNode} from './measure/run-process.js';
import {median} from './measure/statistics.js';
import {addedTo, compared, heading, limited, type Row, tableText} from './measure/table.js';
import {MeasuredTerminal} from './measure/terminal.js';
import {buildTask, inTemporaryFolder, isStarted, program, removeDatabase, surroundings} from './measure/workplace.js';
import {showsNewest} from './newest.js';
import type {PreviewReport} from './tasks/preview.js';

const rounds = 7;
const newest = 50;

const homes = [
	{label: 'small home', bytes: 20e6, files: 100},
	{label: 'large home', bytes: 120e6, files: 5000},
];

export const measureFirstSessions = async (): Promise<Row[]> => {
	const preview = await buildTask('preview');
	return inTemporaryFolder(async folder => {
		const empty = path.join(folder, 'empty');
		fs.mkdirSync(path.join(empty, 'sessions'), {recursive: true});
		const rows: Row[] = [];
		for (const {label, bytes, files} of homes) {
			const home = path.join(folder, 'home');
			const manifest = generateHome({out: home, bytes, files});
			rows.push(
				heading(
					`${label}: ${files.toLocaleString('en')} files, ${Math.round(manifest.bytes / 1e6)} MB, never seen before`,
				),
			);
			rows.push(...inProcess(preview, home));
			rows.push(...(await onScreen(folder, manifest, home, empty)));
			fs.rmSync(home, {recursive: true});
		}

		return rows;
	});
};

/** The list alone, without a screen. */
const inProcess = (preview: string, home: string): Row[] => {
	const reports: PreviewReport[] = [];
	const walls: number[] = [];
	const node: number[] = [];
	for (let round = -1; round < rounds; round++) {
		const bare = runBareNode();
		const run = runNode([preview, home, String(newest)]);
		if (round >= 0) {
			node.push(bare.wallMs);
			walls.push(run.wallMs);
			reports.push(JSON.parse(run.stdout) as PreviewReport);
		}
	}

	const shortest = Math.min(...reports.map(report => report.sessions));
	return [
		limited(`list of ${shortest}, in the process`, median(reports.map(report => report.ms)), 'ms', null),
		limited('list ready after process start', median(reports.map(report => report.readyMs)), 'ms', {atMost: 100}),
		compared('whole process', walls, node, 'ms', null),
	];
};

/** The explorer, beside its first frame on an empty home. */
const onScreen = async (folder: string, manifest: Manifest, home: string, empty: string): Promise<Row[]> => {
	const env = surroundings(folder);
	const database = path.join(folder, 'codex-tui.db');
	const lists: number[] = [];
	const emptyFrames: number[] = [];
	for (let round = -1; round < rounds; round++) {
		removeDatabase(database);
		const bare = new MeasuredTerminal([program(), '--codex-home', empty, '--database', database], env);
		const emptyFrame = await bare.firstFrame();
		await bare.quiet();
		await bare.quit();
		removeDatabase(database);
		const terminal = new MeasuredTerminal([program(), '--codex-home', home, '--database', database], env);
		const list = await terminal.shows(showsNewest(manifest, newest), `the newest ${newest} sessions`);
		await terminal.quit();
		if (round >= 0) {
			emptyFrames.push(emptyFrame);
			lists.push(list);
		}
	}

	removeDatabase(database);
	return [addedTo(`newest ${newest} on screen, beside first frame on an empty home`, lists, emptyFrames, 'ms', 100)];
};

if (isStarted(import.meta.url)) {
	console.log(tableText(await measureFirstSessions()));
}
