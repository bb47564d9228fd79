// Single lines of sessions, had back in a process of its own: where from depends on whether the logs are there.
import process from 'node:process';
import {codex} from '../../source/formats/codex/index.js';
import {openStore} from '../../source/store/sqlite/open.js';
import {Random} from '../generate/random.js';

export type RawLinesReport = {
	/** Milliseconds for one line each, in the order in which they were asked for. */
	times: number[];
	/** Of all lines, so that two ways to get them can be compared. */
	bytes: number;
};

const [database = '', count = '1000'] = process.argv.slice(2);

const store = await openStore(database, codex);
const logs: {id: number; lines: number}[] = [];
for (const {id} of await store.listSessions({limit: 10_000})) {
	const [file, ...others] = await store.sourceFiles(id);
	if (file !== undefined && others.length === 0 && file.lines > 0) {
		logs.push({id, lines: file.lines});
	}
}

const random = new Random(1, 1);
const report: RawLinesReport = {times: [], bytes: 0};
for (let round = 0; round < Number(count); round++) {
	const {id, lines} = random.pick(logs);
	const line = random.between(1, lines);
	const before = performance.now();
	for await (const {bytes} of store.rawLines(id, line)) {
		report.bytes += bytes.length;
	}

	report.times.push(performance.now() - before);
}

await store.close();
console.log(JSON.stringify(report));
