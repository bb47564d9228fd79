// Size: whether time grows with the logs and memory does not; and a start on ten thousand logs of which none, or one, has changed.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {generateHome} from './generate-home.js';
import {runBareNode, runNode} from './measure/run-process.js';
import {addedTo, compared, heading, limited, type Row, tableText} from './measure/table.js';
import {inTemporaryFolder, isStarted, program, surroundings} from './measure/workplace.js';

const rounds = 5;

/** Sizes of homes; `CODEX_TUI_BENCH=large` adds one that takes three minutes and 9 GB of disk. */
const sizes = [100e6, 1e9, ...(process.env['CODEX_TUI_BENCH'] === 'large' ? [5e9] : [])];

/** Lines of 20 MB beside each gigabyte. */
const longLines = 5;

const manyLogs = 10_000;

export const measureScale = async (): Promise<Row[]> => [...(await growth()), ...(await starts())];

const growth = async (): Promise<Row[]> => {
	const rows = [heading(`The whole ingest: rows, raw lines, words; ${longLines} lines of 20 MB in each gigabyte`)];
	let secondsPerByte: number | undefined;
	for (const size of sizes) {
		await inTemporaryFolder(async folder => {
			const home = path.join(folder, 'home');
			const {bytes} = generateHome({out: home, bytes: size, longLines: Math.round((size / 1e9) * longLines)});
			const run = runNode(ingest(folder, home), surroundings(folder));
			const seconds = run.wallMs / 1000;
			const name = `${Math.round(bytes / 1e6)} MB of logs`;
			const kept = fs
				.readdirSync(folder)
				.filter(file => file.endsWith('.db'))
				.reduce((sum, file) => sum + fs.statSync(path.join(folder, file)).size, 0);
			rows.push(
				compared(
					`${name}: seconds per byte beside the smallest home`,
					[seconds / bytes],
					[secondsPerByte ?? seconds / bytes],
					's',
					1.15,
				),
				limited(`${name}: peak memory`, run.peakMB, 'MB', {atMost: 300}),
				{
					...limited(
						`${name}: everything stored, beside the logs`,
						kept / 1e6,
						'MB',
						null,
						`${Math.round(bytes / 1e6)} MB`,
					),
					ratio: (kept / bytes).toFixed(3),
					aim: '≤ 0.62',
					isReached: kept / bytes <= 0.62,
				},
			);
			secondsPerByte ??= seconds / bytes;
		});
	}

	return rows;
};

const starts = async (): Promise<Row[]> =>
	inTemporaryFolder(async folder => {
		const home = path.join(folder, 'home');
		generateHome({out: home, bytes: 400e6, files: manyLogs, kind: 'terse'});
		const args = ingest(folder, home);
		const env = surroundings(folder);
		runNode(args, env);
		const log = newestLog(path.join(home, 'sessions'));
		const line = `${fs.readFileSync(log, 'utf8').trimEnd().split('\n').at(-1)}\n`;
		const node: number[] = [];
		const nothing: number[] = [];
		const appended: number[] = [];
		for (let round = -1; round < rounds; round++) {
			const bare = runBareNode().cpuSeconds;
			const same = runNode(args, env).cpuSeconds;
			fs.appendFileSync(log, line);
			const grown = runNode(args, env).cpuSeconds;
			if (round >= 0) {
				node.push(bare * 1000);
				nothing.push(same * 1000);
				appended.push(grown * 1000);
			}
		}

		return [
			heading(`A start on ${manyLogs} logs, all read before`),
			compared('nothing changed, CPU, beside node -e 0', nothing, node, 'ms', 5),
			addedTo('one line appended to one of them, CPU, beside nothing changed', appended, nothing, 'ms', 10),
		];
	});

const ingest = (folder: string, home: string): string[] => [
	program(),
	'ingest',
	'--codex-home',
	home,
	'--database',
	path.join(folder, 'codex-tui.db'),
];

const newestLog = (folder: string): string => {
	const logs = fs.readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter(name => name.endsWith('.jsonl'));
	return path.join(folder, logs.toSorted().at(-1) ?? '');
};

if (isStarted(import.meta.url)) {
	console.log(tableText(await measureScale()));
}
