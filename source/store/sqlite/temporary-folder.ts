import fs from 'node:fs';
import os from 'node:os';

/** Where SQLite puts temporary files: the first of its own list that it may write to. */
export const temporaryFolder = (env: Readonly<Record<string, string | undefined>> = process.env): string => {
	const folders =
		process.platform === 'win32' ? [] : [env['SQLITE_TMPDIR'], env['TMPDIR'], '/var/tmp', '/usr/tmp', '/tmp'];
	return folders.find(takesFiles) ?? os.tmpdir();
};

const takesFiles = (folder: string | undefined): folder is string => {
	try {
		fs.accessSync(folder ?? '', fs.constants.W_OK | fs.constants.X_OK);
		return fs.statSync(folder ?? '').isDirectory();
	} catch {
		return false;
	}
};
