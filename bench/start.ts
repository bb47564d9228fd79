// How soon the explorer answers: first byte, first frame and the list of sessions, in a real terminal, on a
// home that its database knows.
import path from 'node:path';
import {generateHome} from './generate-home.js';
import {runNode} from './measure/run-process.js';
import {compared, heading, type Row, tableText} from './measure/table.js';
import {bareNodeInTerminal, MeasuredTerminal} from './measure/terminal.js';
import {inTemporaryFolder, isStarted, program, surroundings} from './measure/workplace.js';
import {showsNewest} from './newest.js';

const rounds = 11;
const homeBytes = 40e6;

export const measureStart = async (): Promise<Row[]> =>
	inTemporaryFolder(async folder => {
		const home = path.join(folder, 'home');
		const database = path.join(folder, 'codex-tui.db');
		const args = ['--codex-home', home, '--database', database];
		const env = surroundings(folder);
		const manifest = generateHome({out: home, bytes: homeBytes});
		runNode([program(), 'ingest', ...args], env);
		const ours = {firstByte: [] as number[], firstFrame: [] as number[], list: [] as number[]};
		const node: number[] = [];
		for (let round = -1; round < rounds; round++) {
			const bare = await bareNodeInTerminal();
			const terminal = new MeasuredTerminal([program(), ...args], env);
			const list = await terminal.shows(showsNewest(manifest, 40), 'the newest sessions');
			const firstFrame = await terminal.firstFrame();
			const firstByte = terminal.firstByteAt - terminal.startedAt;
			await terminal.quiet();
			await terminal.quit();
			// The first round fills caches.
			if (round >= 0) {
				node.push(bare);
				ours.firstByte.push(firstByte);
				ours.firstFrame.push(firstFrame);
				ours.list.push(list);
			}
		}

		return [
			heading(`Start at 200×60, ${manifest.files} sessions in the database, beside node -e 0`),
			compared('first byte', ours.firstByte, node, 'ms', 2),
			compared('first frame', ours.firstFrame, node, 'ms', 9),
			compared('newest 40 sessions on screen', ours.list, node, 'ms', null),
		];
	});

if (isStarted(import.meta.url)) {
	console.log(tableText(await measureStart()));
}
