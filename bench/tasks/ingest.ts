// One round of reading into a database, in a process of its own: processor time and wall time per phase.
import process from 'node:process';
import {Ingest} from '../../source/ingest/ingest.js';
import {openIngestStore} from '../../source/store/sqlite/open-ingest-store.js';

export type IngestReport = {
	structure: {cpuSeconds: number; wallSeconds: number; peakMB: number};
	archive: {cpuSeconds: number; wallSeconds: number; peakMB: number};
	read: number;
	lines: number;
	prompts: number;
	toolCalls: number;
	problems: number;
};

const [home = '', database = '', withArchive] = process.argv.slice(2);

const look = () => {
	const {userCPUTime, systemCPUTime, maxRSS} = process.resourceUsage();
	return {cpu: (userCPUTime + systemCPUTime) / 1e6, wall: performance.now() / 1000, peakMB: maxRSS / 1024};
};

const start = look();
let structured = start;
let isArchiving = false;
const store = openIngestStore(database);
const {files, failures} = await new Ingest(store, {
	source: {home},
	home,
	batchLines: 1000,
	onProgress({phase}) {
		if (phase === 'archiving' && !isArchiving) {
			isArchiving = true;
			structured = look();
		}
	},
	// Asked between files: without an archive, the round ends where its archiving begins.
	shouldStop: () => isArchiving && withArchive !== 'archive',
}).run();
await store.close();
const end = look();
if (failures.length > 0) {
	throw new Error(`${failures.length} files could not be read, first ${failures[0]?.path}: ${failures[0]?.reason}`);
}

const between = (from: typeof start, to: typeof start) => ({
	cpuSeconds: to.cpu - from.cpu,
	wallSeconds: to.wall - from.wall,
	peakMB: to.peakMB,
});
const sum = (count: (file: (typeof files)[number]) => number): number =>
	files.reduce((total, file) => total + count(file), 0);
const report: IngestReport = {
	structure: between(start, structured),
	archive: between(structured, end),
	read: files.length,
	lines: sum(file => file.lines),
	prompts: sum(file => file.prompts),
	toolCalls: sum(file => file.toolCalls),
	problems: sum(file => file.problems),
};
console.log(JSON.stringify(report));
