// The reference for reading: every log through one buffer, split at line ends, each line through JSON.parse.
import fs from 'node:fs';
import process from 'node:process';
import {findRollouts} from '../../source/files/find-rollouts.js';

export type ParseReport = {cpuSeconds: number; wallSeconds: number; lines: number; unreadable: number};

const [home = ''] = process.argv.slice(2);
const newline = 0x0a;
let lines = 0;
let unreadable = 0;

const parse = (bytes: Buffer): void => {
	lines++;
	try {
		JSON.parse(bytes.toString('utf8'));
	} catch {
		unreadable++;
	}
};

const read = (file: string, buffer: Buffer): void => {
	const descriptor = fs.openSync(file, 'r');
	let carried: Buffer[] = [];
	for (let length = fs.readSync(descriptor, buffer); length > 0; length = fs.readSync(descriptor, buffer)) {
		const chunk = buffer.subarray(0, length);
		let from = 0;
		for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
			const piece = chunk.subarray(from, end);
			parse(carried.length === 0 ? piece : Buffer.concat([...carried, piece]));
			carried = [];
			from = end + 1;
		}

		if (from < length) {
			carried.push(Buffer.from(chunk.subarray(from)));
		}
	}

	fs.closeSync(descriptor);
};

const cpu = process.cpuUsage();
const wall = performance.now();
const buffer = Buffer.allocUnsafe(1024 * 1024);
for (const {path} of findRollouts({home}).files) {
	read(path, buffer);
}

const {user, system} = process.cpuUsage(cpu);
const report: ParseReport = {
	cpuSeconds: (user + system) / 1e6,
	wallSeconds: (performance.now() - wall) / 1000,
	lines,
	unreadable,
};
console.log(JSON.stringify(report));
