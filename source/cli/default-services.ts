import {codex} from '../formats/codex/index.js';
import {ingestHome} from '../ingest/ingest.js';
import {openStore} from '../store/sqlite/open.js';
import type {Services} from './services.js';

/** The commands' services as the program has them: SQLite, and reading on this thread. */
export const services: Services = {
	openStore: databasePath => openStore(databasePath, codex),
	ingest: (database, options) => ingestHome({...options, database}),
};
