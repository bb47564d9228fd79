import fs from 'node:fs';
import path from 'node:path';

/** Bytes of a report: of its file, or of all files of its folder. */
export const writtenBytes = async (place: string): Promise<number> => {
	const stat = await fs.promises.stat(place);
	if (!stat.isDirectory()) {
		return stat.size;
	}

	const names = await fs.promises.readdir(place);
	const stats = await Promise.all(names.map(name => fs.promises.stat(path.join(place, name))));
	return stats.reduce((sum, {size}) => sum + size, 0);
};
