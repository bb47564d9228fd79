import type {Vacuumed} from '../maintenance.js';
import {sizeOf} from './check-database.js';
import type {Part} from './database.js';
import {type FreeBytes, freeBytes} from './free-space.js';
import {withAllAlone, writeAnew} from './hold-alone.js';

/**
Gives the room of deleted rows back, in every database that belongs to an index. Refuses, before anything is changed,
while another program uses one of them or the disk has too little room. `onBegin` is told which one comes next.
*/
export const vacuumDatabases = (
	indexPath: string,
	onBegin?: (part: Part) => void,
	free: FreeBytes = freeBytes,
): Vacuumed[] =>
	withAllAlone(
		indexPath,
		held =>
			held.map(({db, ...file}) => {
				onBegin?.(file.part);
				writeAnew(db, file.path);
				return {...file, after: sizeOf(file.path)};
			}),
		free,
	);
