import type {IngestOptions, IngestSummary} from '../ingest/ingest.js';
import type {Store} from '../store/store.js';

/** What commands need from the rest of the program; tests pass their own. */
export type Services = {
	openStore(databasePath: string): Promise<Store>;
	ingest(databasePath: string, options: IngestOptions): Promise<IngestSummary>;
};
