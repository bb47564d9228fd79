// The text pass and the look for secrets on a home whose structure and raw lines are known already, and searches on what came of it, in a process of its own.
import process from 'node:process';
import {Ingest} from '../../source/ingest/ingest.js';
import {openIngestStore} from '../../source/store/sqlite/open-ingest-store.js';
import {openSearchIndex} from '../../source/store/sqlite/open-search-index.js';

type Cost = {cpuSeconds: number; wallSeconds: number};

export type TextReport = {
	structure: Cost;
	/** Until messages can be searched. */
	messages: Cost;
	/** All words, with merging. */
	text: Cost;
	/** All logs looked through for secrets, loading the rules included. */
	findings: Cost;
	/** Of all but the look for secrets. */
	peakMB: number;
};

const [home = '', database = ''] = process.argv.slice(2);

const look = (): Cost => {
	const {userCPUTime, systemCPUTime} = process.resourceUsage();
	return {cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, wallSeconds: performance.now() / 1000};
};

const between = (from: Cost, to: Cost): Cost => ({
	cpuSeconds: to.cpuSeconds - from.cpuSeconds,
	wallSeconds: to.wallSeconds - from.wallSeconds,
});

const options = {source: {home}, home, batchLines: 1000};
const start = look();
let structured = start;
const store = openIngestStore(database);
await new Ingest(store, {
	...options,
	onProgress({phase}) {
		if (phase === 'archiving' && structured === start) {
			structured = look();
		}
	},
}).run();

const before = look();
let messages = before;
const search = openSearchIndex(database);
const {failures} = await new Ingest(
	store,
	options,
	new Proxy(search, {
		get(target, name: keyof typeof search) {
			// The first records are asked for when all messages are indexed.
			messages = name === 'nextRecords' && messages === before ? look() : messages;
			return target[name];
		},
	}),
).run();
const after = look();
const peakMB = process.resourceUsage().maxRSS / 1024;
const {openFindingsPass} = await import('../../source/ingest/open-findings-pass.js');
// By no rules but the built-in ones.
const pass = await openFindingsPass(store, search, {checkoutUser: null, config: home, home, current: home});
await pass.look({shouldPause: () => false, failures});
const looked = look();
search.close();
await store.close();
if (failures.length > 0) {
	throw new Error(`${failures.length} files could not be read, first ${failures[0]?.path}: ${failures[0]?.reason}`);
}

const report: TextReport = {
	structure: between(start, structured),
	messages: between(before, messages),
	text: between(before, after),
	findings: between(after, looked),
	peakMB,
};
console.log(JSON.stringify(report));
