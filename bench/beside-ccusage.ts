// What reading everything into a database costs beside a program that reads the token counts only and keeps nothing.
import {spawnSync} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import {generateHome} from './generate-home.js';
import {runNode} from './measure/run-process.js';
import {compared, heading, type Row, tableText} from './measure/table.js';
import {buildTask, inTemporaryFolder, isStarted, program, removeDatabase, surroundings} from './measure/workplace.js';

const homeBytes = 300e6;
const rounds = 5;

/** The native program, such as `node_modules/@ccusage/ccusage-linux-x64/bin/ccusage` of a folder where ccusage was installed. */
const variable = 'CCUSAGE';

export const measureBesideCcusage = async (): Promise<Row[]> => {
	const ccusage = process.env[variable];
	if (ccusage === undefined) {
		return [heading(`Beside ccusage: skipped, as ${variable} does not name its native program.`)];
	}

	const ingest = await buildTask('ingest');
	return inTemporaryFolder(async folder => {
		const home = path.join(folder, 'home');
		const {bytes, files} = generateHome({out: home, bytes: homeBytes});
		const database = path.join(folder, 'codex-tui.db');
		const env = surroundings(folder);
		const times: Record<'ours' | 'again' | 'theirs', number[]> = {ours: [], again: [], theirs: []};
		for (let round = -1; round < rounds; round++) {
			removeDatabase(database);
			const theirs = cpuOf(ccusage, home, env);
			const ours = runNode([ingest, home, database], env).cpuSeconds;
			const args = [program(), 'ingest', '--codex-home', home, '--database', database];
			runNode(args, env);
			const again = runNode(args, env).cpuSeconds;
			if (round >= 0) {
				times.theirs.push(theirs);
				times.ours.push(ours);
				times.again.push(again);
			}
		}

		return [
			heading(`Beside ${versionOf(ccusage)}, ${files} files, ${Math.round(bytes / 1e6)} MB, whole processes`),
			compared('structure pass, CPU', times.ours, times.theirs, 's', 2.6),
			compared('nothing changed, CPU', times.again, times.theirs, 's', null),
		];
	});
};

/** User and system time of one report of all days, in seconds. It is told not to ask a network for prices. */
const cpuOf = (ccusage: string, home: string, env: Record<string, string>): number => {
	const {status, stdout, stderr} = spawnSync(
		'/bin/sh',
		['-c', '"$0" codex daily --offline --json > /dev/null && times', ccusage],
		{encoding: 'utf8', env: {...process.env, ...env, CODEX_HOME: home}},
	);
	// The second line is of the shell's children, as in `0m0.41s 0m0.24s`.
	const times = [...(stdout.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
	if (status !== 0 || times.length !== 2) {
		throw new Error(`${ccusage} failed: ${stderr}`);
	}

	return times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
};

const versionOf = (ccusage: string): string =>
	spawnSync(ccusage, ['--version'], {encoding: 'utf8'}).stdout.trim() || 'ccusage';

if (isStarted(import.meta.url)) {
	console.log(tableText(await measureBesideCcusage()));
}
