import {Worker, type WorkerOptions} from 'node:worker_threads';

/** What threads do, by the name of the module that is built for each. */
export type ThreadName = 'ingest-worker' | 'round-worker' | 'disclosure-worker' | 'search-worker';

/** Beside this module's bundle; run from source, the build in `dist/` serves. */
const entry = (): URL =>
	new URL(import.meta.url.endsWith('.ts') ? '../../dist/thread.js' : 'thread.js', import.meta.url);

/** Starts a thread of the program. What it is sent before it has loaded its module waits. */
export const startThread = (name: ThreadName, options: WorkerOptions): Worker =>
	new Worker(entry(), {...options, argv: [name]});
