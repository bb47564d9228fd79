import process from 'node:process';
import {ingestHome} from '../../source/ingest/ingest-home.js';

/* An ingest that is killed right after so many commits: `kill-at-commit.ts HOME DATABASE COMMITS`. */
const [home = '', database = '', commits = ''] = process.argv.slice(2);
let done = 0;
await ingestHome({
	source: {home},
	home,
	database,
	batchLines: 200,
	onChange() {
		done++;
		if (done === Number(commits)) {
			process.kill(process.pid, 'SIGKILL');
		}
	},
});
process.stdout.write(String(done));
