import process from 'node:process';
import {pathToFileURL} from 'node:url';
import type {openDatabase} from '../../source/store/sqlite/database.js';

/*
Opens one database after the other at times that are told, so that several processes open each at the same moment:
`open-together.ts DATABASE_MODULE FIRST_AT PAUSE_MS FILE…`. Prints what went wrong, one line each.
*/
const [module = '', firstAt = '', pauseMs = '', ...files] = process.argv.slice(2);
const store = (await import(pathToFileURL(module).href)) as {openDatabase: typeof openDatabase};
for (const [index, file] of files.entries()) {
	const at = Number(firstAt) + index * Number(pauseMs);
	while (Date.now() < at) {
		// Sleeping would wake up too late.
	}

	try {
		store.openDatabase('index', file).close();
	} catch (error) {
		process.stdout.write(`${file}: ${(error as Error).message}\n`);
	}
}
