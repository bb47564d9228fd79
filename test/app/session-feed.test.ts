import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {driveExplorer} from '../helpers/drive-explorer.js';
import {createMemoryStore} from '../helpers/memory-store.js';

test('a store that takes long to open does not hold up what is read meanwhile', async () => {
	const store = createMemoryStore();
	const {listSessions} = store;
	let isOpen = false;
	store.listSessions = async page => {
		await sleep(isOpen ? 0 : 400);
		isOpen = true;
		return listSessions(page);
	};

	const {ingest, rows, until} = await driveExplorer({store});
	store.add({summary: {title: 'Turn the lamp slower'}});
	ingest.change();
	await until(() => rows('sessions')?.join().includes('Turn the lamp slower') === true);
	assert.equal(isOpen, true);
});
