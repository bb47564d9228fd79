import fs from 'node:fs';
import process from 'node:process';
import {setImmediate} from 'node:timers/promises';
import {ingestHome} from '../../source/ingest/ingest-home.js';
import {legacyTurn} from '../helpers/rollout.js';

/*
Grows a log and ingests it, again and again, until standard input ends: `keep-ingesting.ts HOME DATABASE LOG`.
Prints a line for each round.
*/
const [home = '', database = '', log = ''] = process.argv.slice(2);
let isWanted = true;
process.stdin.on('end', () => {
	isWanted = false;
});
process.stdin.resume();
for (let round = 1; isWanted && round <= 500; round++) {
	const text = 'flood and ebb '.repeat(2000);
	fs.appendFileSync(log, `${legacyTurn(`Round ${round}?`, text, round * 10, round * 100).join('\n')}\n`);
	await ingestHome({source: {home}, home, database, batchLines: 50});
	fs.writeSync(1, `${round}\n`);
	// The end of standard input is told between rounds.
	await setImmediate();
}
