import type {Owner} from '../helpers/terminal.js';
import {Place} from '../pty/program.js';
import {type Canaries, createCanaries} from './canaries.js';
import {seededFiles} from './seeded-home.js';

/** A Codex home full of planted values, and a folder for everything that the program writes. */
export const seededPlace = (owner: Owner): {place: Place; canaries: Canaries} => {
	const place = new Place(owner);
	const canaries = createCanaries();
	for (const {name, bytes} of seededFiles(canaries)) {
		place.write(name, bytes);
	}

	return {place, canaries};
};
