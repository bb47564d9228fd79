import {randomUUID} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const uuid = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/;

const day = /rollout-(\d{4}-\d\d-\d\d)/;

/**
Copies a home's sessions again and again until they reach a size. Each copy gets an id of its own, in its
name and in its lines, so that no two are one session, and was last written on the day that its name tells, as in a home.
*/
export const repeatSamples = (samples: string, out: string, bytes: number): {bytes: number; files: number} => {
	const files = fs
		.readdirSync(path.join(samples, 'sessions'), {recursive: true, encoding: 'utf8'})
		.filter(name => name.endsWith('.jsonl'))
		.toSorted();
	const made = {bytes: 0, files: 0};
	while (made.bytes < bytes && files.length > 0) {
		for (const name of files) {
			const content = fs.readFileSync(path.join(samples, 'sessions', name), 'latin1');
			const known = uuid.exec(path.basename(name))?.[0];
			const own = randomUUID();
			const target = path.join(out, 'sessions', known === undefined ? name : name.replace(known, own));
			if (known === undefined && fs.existsSync(target)) {
				continue;
			}

			fs.mkdirSync(path.dirname(target), {recursive: true});
			fs.writeFileSync(target, known === undefined ? content : content.replaceAll(known, own), 'latin1');
			const written = day.exec(path.basename(name))?.[1];
			if (written !== undefined) {
				fs.utimesSync(target, new Date(written), new Date(written));
			}

			made.bytes += content.length;
			made.files++;
		}
	}

	return made;
};
