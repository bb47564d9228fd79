import fs from 'node:fs';
import {damagedArchive} from '../ingest-store.js';
import {archiveDamage} from './check-archive.js';
import type {Connection} from './database.js';

/**
Notes in the index which logs the archive does not hold whole any more, so that the next ingest puts back what the logs
themselves still hold. What is gone is left alone: nothing can mend it, and what is sound of it is still read.
*/
export const noteDamage = (db: Connection, archiveDb: Connection): void => {
	const rollout = archiveDb.prepare('select key, generation from rollouts where id = ?');
	const forgetPieces = archiveDb.prepare('delete from pieces where pack_id = ?');
	const pathOf = db
		.prepare(
			'select path from files where key = ? and generation = ? and superseded_at is null and archived_to >= bytes',
		)
		.pluck();
	const note = db.prepare('update files set archived_to = ? where key = ? and generation = ?');
	const hit = new Set<number>();
	const lostPacks = new Set<number>();
	for (const damage of archiveDamage(archiveDb)) {
		hit.add(damage.rolloutId);
		for (const pack of damage.lostPacks) {
			lostPacks.add(pack);
		}
	}

	// The same image is to be kept anew.
	archiveDb
		.transaction(() => {
			for (const pack of lostPacks) {
				forgetPieces.run(pack);
			}
		})
		.immediate();
	db.transaction(() => {
		for (const id of hit) {
			const {key, generation} = rollout.get(id) as {key: string; generation: number};
			const path = pathOf.get(key, generation) as string | undefined;
			if (path !== undefined && fs.existsSync(path)) {
				note.run(damagedArchive, key, generation);
			}
		}

		db.prepare('delete from ledgers').run();
	}).immediate();
};
