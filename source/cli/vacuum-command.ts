import type {Settings} from '../config/settings.js';
import {padToWidth} from '../text/cells.js';
import {bytesLabel} from '../text/labels.js';
import {plainPath} from '../text/paths.js';
import type {Output} from './output.js';
import {ProgressLine, type Terminal} from './progress-line.js';
import type {Services} from './services.js';

type Surroundings = {
	settings: Pick<Settings, 'databasePath'>;
	services: Services;
	stdout: Output;
	terminal: Terminal;
};

/** `vacuum`: what each database took before and takes after, and what that gave back. */
export const vacuumCommand = async ({settings, services, stdout, terminal}: Surroundings): Promise<void> => {
	const progress = new ProgressLine(terminal);
	try {
		const databases = await services.vacuum(settings.databasePath, part => progress.show(`Vacuuming the ${part} …`));
		progress.clear();
		const rows = databases.map(({part, before, after, path}) => [
			part,
			`${bytesLabel(before)} → ${bytesLabel(after)}`,
			plainPath(path),
		]);
		const widestPart = Math.max(...databases.map(({part}) => part.length));
		for (const [part = '', sizes = '', path = ''] of rows) {
			const widest = Math.max(...rows.map(row => row[1]?.length ?? 0));
			await stdout.writeLine(`${padToWidth(part, widestPart)}  ${padToWidth(sizes, widest)}  ${path}`);
		}

		const given = databases.reduce((sum, {before, after}) => sum + Math.max(0, before - after), 0);
		await stdout.writeLine(given === 0 ? 'There was nothing to give back.' : `${bytesLabel(given)} given back.`);
	} finally {
		progress.clear();
	}
};
