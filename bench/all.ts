// Every figure, in one table.
import process from 'node:process';
import {measureBesideCcusage} from './beside-ccusage.js';
import {measureFirstSessions} from './first-sessions.js';
import {measureIngest} from './ingest.js';
import {measureKeys} from './keys.js';
import {heading, type Row, tableText} from './measure/table.js';
import {measureRawLines} from './raw-lines.js';
import {measureScale} from './scale.js';
import {measureSearch} from './search.js';
import {measureStart} from './start.js';
import {measureText} from './text.js';
import {measureUiDelay} from './ui-delay.js';

const rows: Row[] = [];
for (const measure of [
	measureStart,
	measureFirstSessions,
	measureKeys,
	measureUiDelay,
	measureIngest,
	measureRawLines,
	measureText,
	measureSearch,
	measureScale,
	measureBesideCcusage,
]) {
	try {
		rows.push(...(await measure()));
	} catch (error) {
		// What was measured before is worth telling all the same.
		rows.push(heading(`${measure.name} failed: ${(error as Error).message}`));
		process.exitCode = 1;
	}
}

console.log(tableText(rows));
