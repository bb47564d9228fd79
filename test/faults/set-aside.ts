import process from 'node:process';
import {setIndexAside} from '../../source/store/sqlite/set-aside.js';

/* Sets an index aside in a process of its own: `set-aside.ts DATABASE`. Prints its new name, or why not. */
try {
	process.stdout.write(setIndexAside(process.argv[2] ?? ''));
} catch (error) {
	process.stdout.write((error as Error).message);
}
