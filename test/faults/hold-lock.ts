import process from 'node:process';
import {openIngestLock} from '../../source/store/sqlite/ingest-lock.js';

/* Takes the right to ingest and keeps it until the process is killed: `hold-lock.ts DATABASE`. */
const lock = openIngestLock(process.argv[2] ?? '');
process.stdout.write(lock.take() ? 'taken' : 'refused');
setInterval(() => lock, 1000);
