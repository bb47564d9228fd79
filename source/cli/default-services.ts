import {eraOf} from '../formats/codex/era.js';
import {codex} from '../formats/codex/index.js';
import {type IngestOptions, ingestHome} from '../ingest/ingest.js';
import {readerName} from '../ingest/ingest-file.js';
import type {IngestStore} from '../store/ingest-store.js';
import {checkDatabases} from '../store/sqlite/check-database.js';
import {openStore} from '../store/sqlite/open.js';
import {openIngestStore} from '../store/sqlite/open-ingest-store.js';
import {setIndexAside} from '../store/sqlite/set-aside.js';
import type {Rederivation, Services} from './services.js';

const rederive = async (database: string, options: IngestOptions): Promise<Rederivation> => {
	const damaged = checkDatabases(database).filter(({faults}) => faults.length > 0);
	const isDamaged = damaged.some(({part}) => part === 'index');
	for (const {path} of damaged.filter(({part}) => part === 'search')) {
		setIndexAside(path);
	}

	const movedTo = isDamaged ? setIndexAside(database) : null;
	if (!isDamaged) {
		await withIngestStore(database, async store => {
			await store.forgetReaders();
			await store.commit();
		});
	}

	const summary = await ingestHome({...options, database});
	return withIngestStore(database, async store => {
		const files = [...(await store.knownFiles()).values()];
		const left = files.filter(({reader, isGone}) => isGone && reader !== '' && reader !== readerName(codex)).length;
		return {...summary, movedTo, left};
	});
};

const withIngestStore = async <Answer>(database: string, use: (store: IngestStore) => Promise<Answer>) => {
	const store = openIngestStore(database);
	try {
		return await use(store);
	} finally {
		await store.close();
	}
};

/** The commands' services as the program has them: SQLite, and reading on this thread. */
export const services: Services = {
	openStore: databasePath => openStore(databasePath, {...codex, eraOf}),
	ingest: (database, options) => ingestHome({...options, database}),
	rederive,
	checkDatabases,
};
