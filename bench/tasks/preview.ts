// The newest sessions of a home that no database knows, in a fresh process.
import process from 'node:process';
import {codex} from '../../source/formats/codex/index.js';
import {previewNewest} from '../../source/ingest/preview.js';

export type PreviewReport = {
	/** Time in the function alone. */
	ms: number;
	/** From the start of the process to the list. */
	readyMs: number;
	sessions: number;
};

const [home = '', count = '50'] = process.argv.slice(2);
const before = performance.now();
const sessions = previewNewest({home}, Number(count), codex).length;
const readyMs = performance.now();
const report: PreviewReport = {ms: readyMs - before, readyMs, sessions};
console.log(JSON.stringify(report));
