import fs from 'node:fs';
import path from 'node:path';
import {makeFolder} from '../../files/make-folder.js';

/**
Makes the file private before SQLite opens it; the write-ahead log takes over its mode. A file that is there must not
be opened here: closing it would drop the locks that SQLite holds on it in this process, and another program,
finding none, would throw away the write-ahead log under our hands.
*/
export const createPrivately = (file: string): void => {
	if (file === ':memory:' || fs.existsSync(file)) {
		return;
	}

	makeFolder(path.dirname(file));
	try {
		fs.closeSync(fs.openSync(file, 'wx', 0o600));
	} catch (error) {
		// Another program was faster.
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
			throw error;
		}
	}
};
