// What reading costs: the structure pass against parsing every line, the archive pass, a start with nothing
// changed, and the size of what is kept.
import path from 'node:path';
import {generateHome, type HomeKind, type Manifest} from './generate-home.js';
import {runBareNode, runNode} from './measure/run-process.js';
import {median} from './measure/statistics.js';
import {compared, heading, limited, type Row, tableText} from './measure/table.js';
import {
	buildTask,
	databaseBytes,
	inTemporaryFolder,
	isStarted,
	program,
	publishedSamples,
	removeDatabase,
	surroundings,
} from './measure/workplace.js';
import {repeatSamples} from './repeat-samples.js';
import type {IngestReport} from './tasks/ingest.js';
import type {ParseReport} from './tasks/parse-limit.js';

const rounds = 5;
const homeBytes = 100e6;

type Tasks = {ingest: string; parseLimit: string};

type Home = {folder: string; home: string; bytes: number; files: number; structureAim: number};

export const measureIngest = async (): Promise<Row[]> => {
	const tasks: Tasks = {ingest: await buildTask('ingest'), parseLimit: await buildTask('parse-limit')};
	const generated = async (kind: HomeKind, structureAim: number): Promise<Row[]> =>
		inTemporaryFolder(async folder => {
			const home = path.join(folder, 'home');
			const manifest = generateHome({out: home, bytes: homeBytes, kind, longLines: kind === 'images' ? 1 : 0});
			const {bytes, files} = manifest;
			return [
				heading(`Generated home, ${kind}: ${files} files, ${Math.round(bytes / 1e6)} MB`),
				...measureHome(tasks, {folder, home, bytes, files, structureAim}, manifest),
			];
		});
	return [...(await generated('typical', 1.15)), ...(await published(tasks)), ...(await generated('images', 0.4))];
};

const published = async (tasks: Tasks): Promise<Row[]> => {
	const samples = publishedSamples();
	if (samples === undefined) {
		return [heading('Published samples: skipped, as ../shared/corpus is not there.')];
	}

	return inTemporaryFolder(async folder => {
		const home = path.join(folder, 'home');
		const made = repeatSamples(samples, home, homeBytes);
		return [
			heading(`Published samples, repeated: ${made.files} files, ${Math.round(made.bytes / 1e6)} MB`),
			...measureHome(tasks, {folder, home, ...made, structureAim: 1.6}),
		];
	});
};

const measureHome = (tasks: Tasks, given: Home, manifest?: Manifest): Row[] => {
	const {folder, home, bytes, structureAim} = given;
	const database = path.join(folder, 'codex-tui.db');
	const reports: IngestReport[] = [];
	const limits: ParseReport[] = [];
	for (let round = -1; round < rounds; round++) {
		removeDatabase(database);
		const limit = JSON.parse(runNode([tasks.parseLimit, home]).stdout) as ParseReport;
		const report = JSON.parse(runNode([tasks.ingest, home, database, 'archive']).stdout) as IngestReport;
		checkCounts(report, manifest);
		if (round >= 0) {
			limits.push(limit);
			reports.push(report);
		}
	}

	const limitCpu = limits.map(limit => limit.cpuSeconds);
	const structure = reports.map(report => report.structure.cpuSeconds);
	const archive = reports.map(report => report.archive.cpuSeconds);
	const both = structure.map((value, index) => value + (archive[index] ?? 0));
	const sizes = databaseBytes(database);
	const share = (part: number): Row['ratio'] => (part / bytes).toFixed(3);
	const size = (figure: string, part: number, atMost: number): Row => ({
		...limited(figure, part / 1e6, 'MB', null, `${(bytes / 1e6).toFixed(0)} MB`),
		ratio: share(part),
		aim: `≤ ${atMost}`,
		isReached: part / bytes <= atMost,
	});
	return [
		compared('structure pass, CPU, beside JSON.parse of every line', structure, limitCpu, 's', structureAim),
		compared('archive pass, CPU, beside the same', archive, limitCpu, 's', 2.3),
		compared('both', both, limitCpu, 's', null),
		compared(
			'structure pass, wall, beside the same',
			reports.map(report => report.structure.wallSeconds),
			limits.map(limit => limit.wallSeconds),
			's',
			null,
		),
		limited('peak memory, structure', median(reports.map(report => report.structure.peakMB)), 'MB', {atMost: 180}),
		limited('peak memory, all', median(reports.map(report => report.archive.peakMB)), 'MB', {atMost: 300}),
		size('index, beside the logs', sizes.index, 0.25),
		size('archive, beside the logs', sizes.archive, 0.3),
		...relaunch(given, database),
	];
};

/** The whole program, on a home of which nothing changed since its first run. */
const relaunch = ({folder, home, files}: Home, database: string): Row[] => {
	const args = [program(), 'ingest', '--codex-home', home, '--database', database];
	const env = surroundings(folder);
	removeDatabase(database);
	const ours: number[] = [];
	const node: number[] = [];
	for (let round = -1; round < rounds; round++) {
		const bare = runBareNode();
		const run = runNode(args, env);
		if (round >= 0) {
			node.push(bare.cpuSeconds);
			ours.push(run.cpuSeconds);
		}
	}

	return [compared(`nothing changed in ${files} files, CPU, beside node -e 0`, ours, node, 's', 3)];
};

/** A fast reader that loses something is no fast reader. */
const checkCounts = (report: IngestReport, manifest: Manifest | undefined): void => {
	if (manifest === undefined) {
		return;
	}

	for (const count of ['lines', 'prompts', 'toolCalls', 'problems'] as const) {
		if (report[count] !== manifest[count]) {
			throw new Error(`${count}: ${report[count]} were read, ${manifest[count]} were written.`);
		}
	}
};

if (isStarted(import.meta.url)) {
	console.log(tableText(await measureIngest()));
}
