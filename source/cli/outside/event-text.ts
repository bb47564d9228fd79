import {Writable} from 'node:stream';
import type {EventDetail} from '../../store/store.js';
import {Output} from '../output.js';
import {writeEvent} from '../write-events.js';

/** An event as a text for people: what it is, then all it says. */
export const eventText = async ({event}: EventDetail): Promise<string> => {
	if (event.kind === 'problem') {
		return `${event.problem.reason}\n\n${event.excerpt}\n`;
	}

	const pieces: string[] = [];
	const output = new Output(
		new Writable({
			decodeStrings: false,
			write(piece: string, _encoding, done) {
				pieces.push(piece);
				done();
			},
		}),
	);
	await writeEvent(output, event);
	await output.flush();
	return pieces.join('');
};
