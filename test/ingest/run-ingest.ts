import fs from 'node:fs';
import process from 'node:process';
import {Ingest} from '../../source/ingest/ingest.js';
import {openIngestStore} from '../../source/store/sqlite/open-ingest-store.js';
import {watched} from './watched-store.js';

/*
One round in a process of its own: `run-ingest.ts HOME DATABASE [KILL_AT]`. With KILL_AT, the process
kills itself in the middle of that call of the store, as a power cut would. Prints how many calls there were.
*/
const [home = '', database = '', killAt = '0'] = process.argv.slice(2);
let calls = 0;
const store = watched(openIngestStore(database), {
	onCall() {
		calls++;
		if (calls === Number(killAt)) {
			process.kill(process.pid, 'SIGKILL');
		}
	},
	commitsEachBatch: true,
});
const {failures} = await new Ingest(store, {source: {home}, home, batchLines: 50}).run();
await store.close();
fs.writeSync(1, JSON.stringify({calls, failures}));
