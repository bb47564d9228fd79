// How long the rules take to load, how fast texts of sessions are looked through, and what is found in them.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {assembleRedactor} from '../../source/redact/assemble.js';

export type SpeedReport = {
	loadMs: number;
	megabytes: number;
	/** Megabytes per second of processor time, the best of some rounds. */
	secretsPerSecond: number;
	allPerSecond: number;
	marks: Record<string, number>;
	secretMarks: number;
};

const [home = '', rounds = '3'] = process.argv.slice(2);

/** Every text of a record, as a reader sees it; pictures and encrypted reasoning are no text. */
const textsOf = (value: unknown, key = ''): string[] => {
	if (typeof value === 'string') {
		return value.startsWith('data:image') || key === 'encrypted_content' ? [] : [value];
	}

	return typeof value === 'object' && value !== null
		? Object.entries(value).flatMap(([name, one]) => textsOf(one, Array.isArray(value) ? key : name))
		: [];
};

const parsed = (line: string): unknown => {
	try {
		return JSON.parse(line);
	} catch {
		return line;
	}
};

const texts = fs
	.readdirSync(path.join(home, 'sessions'), {recursive: true, encoding: 'utf8'})
	.filter(file => file.endsWith('.jsonl'))
	.flatMap(file => fs.readFileSync(path.join(home, 'sessions', file), 'utf8').split('\n'))
	.flatMap(line => textsOf(parsed(line)));
const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;

const cpuSeconds = (work: () => void): number => {
	const before = process.cpuUsage();
	work();
	const {user, system} = process.cpuUsage(before);
	return (user + system) / 1e6;
};

const started = cpuSeconds(() => assembleRedactor().scan('warm'));
const secrets = assembleRedactor({classes: ['secret']});
const all = assembleRedactor();

const fastest = (redactor: typeof all): number =>
	megabytes /
	Math.min(
		...Array.from({length: Number(rounds)}, () =>
			cpuSeconds(() => {
				for (const text of texts) {
					redactor.scan(text);
				}
			}),
		),
	);

const marks: Record<string, number> = {};
let secretMarks = 0;
for (const text of texts) {
	for (const {ruleId, class: kind} of all.scan(text)) {
		marks[ruleId] = (marks[ruleId] ?? 0) + 1;
		secretMarks += kind === 'secret' ? 1 : 0;
	}
}

const report: SpeedReport = {
	loadMs: started * 1000,
	megabytes,
	secretsPerSecond: fastest(secrets),
	allPerSecond: fastest(all),
	marks,
	secretMarks,
};
console.log(JSON.stringify(report));
