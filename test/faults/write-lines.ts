import fs from 'node:fs';
import process from 'node:process';
import {answeredTwice, askedTwice, functionCall, functionOutput, item} from '../helpers/rollout.js';

/*
Writes into a log as a very busy Codex would, a few lines at a time, until it is killed or done:
`write-lines.ts FILE LINES_PER_SECOND SECONDS`.
*/
const [file = '', perSecond = '', seconds = ''] = process.argv.slice(2);
const stepMs = 20;
const startedAt = performance.now();
let written = 0;
let turn = 0;

const turnLines = (): string[] => {
	turn++;
	const calls = Array.from({length: 20}, (_, call) => [
		item(functionCall('exec_command', {cmd: `sed -n ${call}p page-${turn}.txt`}, `call-${turn}-${call}`), turn),
		item(functionOutput(`call-${turn}-${call}`, `Process exited with code 0\nOutput:\nline ${call}`), turn),
	]);
	return [...askedTwice(`Read page ${turn}`, turn), ...calls.flat(), ...answeredTwice(`Page ${turn} is read.`, turn)];
};

let pending: string[] = [];
const timer = setInterval(() => {
	const elapsed = (performance.now() - startedAt) / 1000;
	if (elapsed > Number(seconds)) {
		clearInterval(timer);
		return;
	}

	const due = Math.floor(elapsed * Number(perSecond)) - written;
	while (pending.length < due) {
		pending.push(...turnLines());
	}

	fs.appendFileSync(
		file,
		pending
			.slice(0, due)
			.map(line => `${line}\n`)
			.join(''),
	);
	pending = pending.slice(due);
	written += due;
}, stepMs);
