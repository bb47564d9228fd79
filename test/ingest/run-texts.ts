import process from 'node:process';
import {Ingest} from '../../source/ingest/ingest.js';
import type {SearchIndex} from '../../source/store/search-index.js';
import {openIngestStore} from '../../source/store/sqlite/open-ingest-store.js';
import {openSearchIndex} from '../../source/store/sqlite/open-search-index.js';

/*
One round of indexing words in a process of its own: `run-texts.ts HOME DATABASE KILL_AT`. The process kills itself
before that call of the search database, as a power cut would.
*/
const [home = '', database = '', killAt = '0'] = process.argv.slice(2);
let calls = 0;
const store = openIngestStore(database);
const search = new Proxy(openSearchIndex(database), {
	get(target, name: keyof SearchIndex) {
		calls++;
		if (calls === Number(killAt)) {
			process.kill(process.pid, 'SIGKILL');
		}

		return target[name];
	},
});
await new Ingest(store, {source: {home}, home, batchLines: 500}, search).run();
search.close();
await store.close();
