import fs from 'node:fs';
import path from 'node:path';
import type {FileFailure} from '../model/problem.js';

/** A file or folder in a listing, links resolved to what they point at. */
type Listing = {
	files: string[];
	folders: string[];
	/** Pipes, sockets and devices: opening one may wait for ever. */
	others: string[];
};

const reasons = new Map([
	['EACCES', 'permission denied'],
	['EPERM', 'permission denied'],
	['ENOENT', 'not found'],
	['ELOOP', 'a link that points back at itself'],
	['ENOTDIR', 'not a folder'],
	['EISDIR', 'a folder, not a file'],
	['EIO', 'the disk could not read it'],
	['ESTALE', 'gone from its network drive'],
	['EMFILE', 'too many files are open'],
]);

/** One clause for a file system error. */
export const failureReason = (error: unknown): string => {
	const {code, message} = error as NodeJS.ErrnoException;
	return reasons.get(code ?? '') ?? (message || 'could not be read');
};

/** Changes whenever the file does; `-` while there is none, `?` where one may not look. */
export const fileVersion = (file: string): string => {
	try {
		const stat = fs.statSync(file, {bigint: true, throwIfNoEntry: false});
		return stat === undefined ? '-' : `${stat.ino}.${stat.size}.${stat.mtimeNs}`;
	} catch {
		return '?';
	}
};

/** Lists one folder; what cannot be read becomes a failure. A folder that does not exist is empty. */
export const listFolder = (folder: string, failures: FileFailure[]): Listing => {
	const listing: Listing = {files: [], folders: [], others: []};
	let entries: fs.Dirent[];
	try {
		entries = fs.readdirSync(folder, {withFileTypes: true});
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
			failures.push({path: folder, reason: failureReason(error)});
		}

		return listing;
	}

	for (const entry of entries) {
		if (entry.isFile()) {
			listing.files.push(entry.name);
		} else if (entry.isDirectory()) {
			listing.folders.push(entry.name);
		} else if (entry.isSymbolicLink()) {
			addLinked(folder, entry.name, listing, failures);
		} else {
			listing.others.push(entry.name);
		}
	}

	return listing;
};

const addLinked = (folder: string, name: string, listing: Listing, failures: FileFailure[]): void => {
	const target = path.join(folder, name);
	try {
		const stat = fs.statSync(target);
		if (stat.isFile()) {
			listing.files.push(name);
		} else if (stat.isDirectory()) {
			listing.folders.push(name);
		} else {
			listing.others.push(name);
		}
	} catch (error) {
		failures.push({path: target, reason: failureReason(error)});
	}
};

/** Remembers folders by device and inode, so that links into a parent end. */
export class VisitedFolders {
	readonly #seen = new Set<string>();

	/** True the first time a physical folder is met. */
	enter(folder: string, failures: FileFailure[]): boolean {
		try {
			const {dev, ino} = fs.statSync(folder, {bigint: true});
			const id = ino === 0n ? fs.realpathSync(folder) : `${dev}:${ino}`;
			const isNew = !this.#seen.has(id);
			this.#seen.add(id);
			return isNew;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
				failures.push({path: folder, reason: failureReason(error)});
			}

			return false;
		}
	}
}
