import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The built program; `BENCH_PROGRAM` names another build to measure. */
export const program = (): string => {
	const file = process.env['BENCH_PROGRAM'] ?? path.join(root, 'dist/launch.js');
	if (!fs.existsSync(file)) {
		throw new Error(`${file} is missing. Build first: npm run build`);
	}

	return file;
};

/** Runs with a temporary folder that is gone afterwards. */
export const inTemporaryFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-bench-'));
	try {
		return await work(folder);
	} finally {
		fs.rmSync(folder, {recursive: true, force: true});
	}
};

/** Bundles a file of `bench/tasks/` as the program is bundled; answers the bundle, to be run by plain Node. */
export const buildTask = async (name: string): Promise<string> => {
	const outfile = path.join(root, '.bench', `${name}.js`);
	await build({
		entryPoints: [path.join(root, 'bench/tasks', `${name}.ts`)],
		outfile,
		bundle: true,
		minify: true,
		format: 'esm',
		platform: 'node',
		target: 'node22.15',
		external: ['better-sqlite3'],
		logLevel: 'warning',
	});
	return outfile;
};

/** Surroundings that keep a measured program off the person's own files. */
export const surroundings = (folder: string): Record<string, string> => ({
	HOME: folder,
	USERPROFILE: folder,
	XDG_CONFIG_HOME: path.join(folder, 'config'),
	XDG_DATA_HOME: path.join(folder, 'data'),
	CODEX_TUI_DATABASE: '',
});

export const databaseBytes = (database: string): {index: number; archive: number} => ({
	index: fs.statSync(database).size,
	archive: fs.statSync(database.replace(/\.db$/, '.archive.db')).size,
});

export const removeDatabase = (database: string): void => {
	for (const file of [database, ...['archive', 'search'].map(part => database.replace(/\.db$/, `.${part}.db`))]) {
		for (const ending of ['', '-wal', '-shm']) {
			fs.rmSync(file + ending, {force: true});
		}
	}
};

/** Samples of published sessions, kept outside the repository; undefined where there are none. */
export const publishedSamples = (): string | undefined => {
	const folder = path.join(root, '../shared/corpus');
	return fs.existsSync(path.join(folder, 'sessions')) ? folder : undefined;
};

/** Whether a module is the one that Node was started with. */
export const isStarted = (url: string): boolean => process.argv[1] === fileURLToPath(url);
