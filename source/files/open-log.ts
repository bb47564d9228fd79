import fs from 'node:fs';

/** What is named like a log and is none, as a clause for people. */
export const noFile = 'a pipe, socket or device, not a file';

/** Not there on Windows, which has no pipes among files. */
const atOnce = fs.constants.O_NONBLOCK ?? 0;

const clauseError = (code: string, message: string): Error => Object.assign(new Error(message), {code});

/** Opens a file for reading. What has taken the place of a file since it was found throws instead of being waited for. */
export const openLog = (file: string): number => {
	let descriptor: number;
	try {
		descriptor = fs.openSync(file, fs.constants.O_RDONLY | atOnce);
	} catch (error) {
		throw (error as NodeJS.ErrnoException).code === 'ENXIO' ? clauseError('ENOTFILE', noFile) : error;
	}

	const stat = fs.fstatSync(descriptor);
	if (!stat.isFile() && !stat.isDirectory()) {
		fs.closeSync(descriptor);
		throw clauseError('ENOTFILE', noFile);
	}

	return descriptor;
};

/** All bytes of a file, opened like a log. */
export const readWholeFile = (file: string): Buffer => {
	const descriptor = openLog(file);
	try {
		return fs.readFileSync(descriptor);
	} finally {
		fs.closeSync(descriptor);
	}
};

const overwritten = 'EOVERWRITTEN';

/** Whether a log was not read to its end because it was overwritten meanwhile. */
export const isOverwritten = (error: unknown): boolean => (error as {code?: string}).code === overwritten;

type State = {size: bigint; mtimeNs: bigint};

/**
Watches an open log: each call throws where it has been overwritten since it was as given, so that no bytes of before are
mixed with bytes of after. Growing is no change, and neither is being moved or deleted, for which reason the time that a
file's inode was changed is not looked at.
*/
export const overwriteGuard = (
	descriptor: number,
	before: State = fs.fstatSync(descriptor, {bigint: true}),
): (() => void) => {
	return () => {
		const now: State = fs.fstatSync(descriptor, {bigint: true});
		const hasGrown = now.size > before.size;
		if (!hasGrown && (now.size < before.size || now.mtimeNs !== before.mtimeNs)) {
			throw clauseError(overwritten, 'overwritten while it was read, which is tried again');
		}
	};
};
