import {codex} from '../formats/codex/index.js';
import type {IngestOptions} from '../ingest/ingest.js';
import {readerName} from '../ingest/reader-name.js';
import type {IngestStore} from '../store/ingest-store.js';
import {checkDatabases} from '../store/sqlite/check-database.js';
import {openIngestStore} from '../store/sqlite/open-ingest-store.js';
import {setIndexAside} from '../store/sqlite/set-aside.js';
import type {Rederivation, Services} from './services.js';

/** Derives everything anew from logs and archive, in new databases where the old ones are damaged. */
export const rederive = async (
	database: string,
	options: IngestOptions,
	ingest: Services['ingest'],
): Promise<Rederivation> => {
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

	const summary = await ingest(database, options);
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
