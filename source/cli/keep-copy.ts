import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** One file, so that copies do not pile up. */
const fileName = 'copied.md';

/** Writes a text, in place of the one before, into a file for its owner alone. Answers its path. */
export const keepCopy = async (folder: string, text: string): Promise<string> => {
	const file = path.join(folder, fileName);
	const partial = `${file}.${process.pid}.part`;
	try {
		await fs.promises.writeFile(partial, text, {mode: 0o600, flag: 'wx'});
		await fs.promises.rename(partial, file);
	} catch (error) {
		await fs.promises.rm(partial, {force: true});
		throw error;
	}

	return file;
};
