import fs from 'node:fs';
import path from 'node:path';

/**
Makes a folder and those above it, private to their owner. Node's own recursive way goes round for ever where a file
system answers that a folder is not there although it cannot be made, as below `/proc`.
*/
export const makeFolder = (folder: string): void => {
	if (fs.existsSync(folder)) {
		return;
	}

	const above = path.dirname(folder);
	if (above !== folder) {
		makeFolder(above);
	}

	try {
		fs.mkdirSync(folder, {mode: 0o700});
	} catch (error) {
		// Another program was faster.
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
			throw error;
		}
	}
};
