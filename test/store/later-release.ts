import fs from 'node:fs';
import path from 'node:path';
import type {TestContext} from 'node:test';
import {fileURLToPath, pathToFileURL} from 'node:url';
import type {openDatabase} from '../../source/store/sqlite/database.js';
import {temporaryFolder} from '../ingest/home.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

type Release = {
	openDatabase: typeof openDatabase;
	/** Path of the module that has it, for processes of their own. */
	module: string;
};

/** A later release: this one's store, with one more migration of one of its databases. */
export const laterRelease = async (t: TestContext, sql: string, part = 'index'): Promise<Release> => {
	const folder = temporaryFolder(t);
	for (const room of ['model', 'files', 'store']) {
		fs.cpSync(path.join(root, 'source', room), path.join(folder, 'source', room), {recursive: true});
	}

	fs.copyFileSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
	fs.copyFileSync(path.join(root, 'tsconfig.json'), path.join(folder, 'tsconfig.json'));
	fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
	fs.writeFileSync(path.join(folder, 'source/store/sqlite/migrations', part, '999-later.sql'), sql);
	const module = path.join(folder, 'source/store/sqlite/database.ts');
	const {openDatabase: open} = (await import(pathToFileURL(module).href)) as Pick<Release, 'openDatabase'>;
	return {openDatabase: open, module};
};
