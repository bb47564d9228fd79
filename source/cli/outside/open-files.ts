import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const namesIn = (folder: string): string[] => {
	try {
		return fs.readdirSync(folder);
	} catch {
		// The process has ended meanwhile, or is somebody else's.
		return [];
	}
};

const targetOf = (link: string): string | undefined => {
	try {
		return fs.readlinkSync(link);
	} catch {
		return undefined;
	}
};

/**
Whether another program of this person has one of these files open, as a Codex has the log of its session while it waits for a
prompt. Only Linux tells; elsewhere, and of other people's programs, nothing is known.
*/
export const isOpenElsewhere = (paths: readonly string[], processes = '/proc'): boolean => {
	const real = new Set(paths.map(file => (fs.existsSync(file) ? fs.realpathSync(file) : file)));
	return namesIn(processes)
		.filter(name => /^\d+$/.test(name) && name !== String(process.pid))
		.map(name => path.join(processes, name, 'fd'))
		.some(folder => namesIn(folder).some(name => real.has(targetOf(path.join(folder, name)) ?? '')));
};
