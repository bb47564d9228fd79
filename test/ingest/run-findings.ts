import process from 'node:process';
import type {FindingsIndex} from '../../source/store/findings-index.js';
import {lookThrough} from './findings.js';

/*
A look through all logs in a process of its own: `run-findings.ts DATABASE KILL_AT`. The process kills itself before that call of
the database.
*/
const [database = '', killAt = '0'] = process.argv.slice(2);

let calls = 0;
await lookThrough(
	{database},
	{
		wrap: search => ({
			...search,
			findings: new Proxy(search.findings, {
				get(target, name: keyof FindingsIndex) {
					calls++;
					if (calls === Number(killAt)) {
						process.kill(process.pid, 'SIGKILL');
					}

					return target[name];
				},
			}),
		}),
	},
);
