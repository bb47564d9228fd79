import {codex} from '../formats/codex/index.js';
import {Ingest} from '../ingest/ingest.js';
import {openStore} from '../store/sqlite/open.js';
import {openIngestStore} from '../store/sqlite/open-ingest-store.js';
import type {Services} from './services.js';

/** The commands' services as the program has them: SQLite, and reading on this thread. */
export const services: Services = {
	openStore: databasePath => openStore(databasePath, codex),
	async ingest(databasePath, options) {
		const store = openIngestStore(databasePath);
		try {
			return await new Ingest(store, options).run();
		} finally {
			await store.close();
		}
	},
};
