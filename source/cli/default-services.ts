import fs from 'node:fs';
import type {IngestOptions} from '../ingest/ingest.js';
import {ingestHome} from '../ingest/ingest-home.js';
import {annotationsPath} from '../store/sqlite/database-paths.js';
import type {Services} from './services.js';

const ingest = (database: string, options: IngestOptions) => ingestHome({...options, database});

/** The commands' services as the program has them: SQLite, and reading on this thread. Each is loaded when it is needed. */
export const services: Services = {
	async openStore(databasePath) {
		const [{openStore}, {codex}, {eraOf}] = await Promise.all([
			import('../store/sqlite/open.js'),
			import('../formats/codex/index.js'),
			import('../formats/codex/era.js'),
		]);
		return openStore(databasePath, {...codex, eraOf});
	},
	async openRedactions(databasePath) {
		if (!fs.existsSync(annotationsPath(databasePath))) {
			return undefined;
		}

		const {openRedactions} = await import('../store/sqlite/open-redactions.js');
		return openRedactions(databasePath);
	},
	async openSearch(database, store, hiding) {
		const [{openSearchHere}, {learnFrom}, {readPrices}, {codex}] = await Promise.all([
			import('../search/open-search-here.js'),
			import('../search/session-facts.js'),
			import('../config/read-prices.js'),
			import('../formats/codex/index.js'),
		]);
		return openSearchHere({database, format: codex, hiding, learn: learnFrom(store, readPrices, hiding.counts)});
	},
	ingest,
	async rederive(databasePath, options) {
		const {rederive} = await import('./rederive.js');
		return rederive(databasePath, options, ingest);
	},
	async checkDatabases(databasePath) {
		const {checkDatabases} = await import('../store/sqlite/check-database.js');
		return checkDatabases(databasePath);
	},
	async backUp(...request) {
		const {backUp} = await import('../store/sqlite/back-up.js');
		return backUp(...request);
	},
	async vacuum(...request) {
		const {vacuumDatabases} = await import('../store/sqlite/vacuum.js');
		return vacuumDatabases(...request);
	},
	async planForget(...request) {
		const {planForget} = await import('../store/sqlite/forget-sessions.js');
		return planForget(...request);
	},
	async forget(...request) {
		const {forgetSessions} = await import('../store/sqlite/forget-sessions.js');
		forgetSessions(...request);
	},
	async listForgotten(databasePath) {
		const {listForgotten} = await import('../store/sqlite/forget-sessions.js');
		return listForgotten(databasePath);
	},
	async readAgain(...request) {
		const {readAgain} = await import('../store/sqlite/forget-sessions.js');
		readAgain(...request);
	},
};
