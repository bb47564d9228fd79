import fs from 'node:fs';

/** Bytes that may still be written to the file system that a folder lies on. */
export const freeBytes = (folder: string): number => {
	const {bavail, bsize} = fs.statfsSync(folder);
	return bavail * bsize;
};

export type FreeBytes = typeof freeBytes;
