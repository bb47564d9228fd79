import process from 'node:process';
import {pathToFileURL} from 'node:url';
import type {openDatabase} from '../../source/store/sqlite/database.js';

/*
Opens one database after the other at times that are told, so that several processes open each at the same moment:
`open-together.ts DATABASE_MODULE FIRST_AT PAUSE_MS FILE…`. Prints what went wrong, one line each.
*/
const [module = '', firstAt = '', pauseMs = '', ...files] = process.argv.slice(2);
const store = (await import(pathToFileURL(module).href)) as {openDatabase: typeof openDatabase};
const open = files.flatMap((file, index) => {
	const at = Number(firstAt) + index * Number(pauseMs);
	while (Date.now() < at) {
		// Sleeping would wake up too late.
	}

	try {
		return [store.openDatabase('index', file)];
	} catch (error) {
		process.stdout.write(`${file}: ${(error as Error).message}\n`);
		return [];
	}
});
for (const db of open) {
	db.close();
}
