import {NotStored, UserError} from '../../model/problem.js';

const elsewhere = 'give another file with --database';

/** The archive is the one database that nothing can make anew. */
const damagedArchive = (file: string, message: string): UserError =>
	new UserError(
		`The archive ${file} is damaged (${message}). Put a copy in its place that codex-tui backup has made; or move it away, and only the lines of logs that are still there will be kept anew.`,
	);

const isArchive = (file: string): boolean => file.endsWith('.archive.db');

export const withoutLocks = (file: string): UserError =>
	new UserError(
		`The drive of the database ${file} does not support locks, as some network drives do not. Give a file on a drive of this computer with --database.`,
	);

/** What people added is nowhere else, so that "made anew" would be no comfort. */
const annotationsDamaged = (file: string, message: string): UserError =>
	new UserError(
		`The database of your tags and notes, ${file}, is damaged (${message}). Put the copy of a backup in its place (see docs/backup.md), or move it away to begin a new one.`,
		1,
	);

type Sentence = (file: string, message: string) => UserError | undefined;

/** What SQLite or the file system says, by the beginning of its code; the first that has a sentence for the file counts. */
const sentences: readonly (readonly [code: string, sentence: Sentence])[] = [
	[
		'SQLITE_NOTADB|SQLITE_CORRUPT',
		(file, message) => (file.endsWith('.annotations.db') ? annotationsDamaged(file, message) : undefined),
	],
	['SQLITE_NOTADB', file => new UserError(`${file} is not a database. Give another file with --database.`)],
	[
		'SQLITE_CORRUPT',
		(file, message) =>
			isArchive(file)
				? damagedArchive(file, message)
				: new UserError(
						`The database ${file} is damaged (${message}). Move it away to have it made anew from the logs, or ${elsewhere}.`,
					),
	],
	[
		'SQLITE_IOERR_(?:RD|UN)?LOCK|SQLITE_IOERR_SHM(?:OPEN|MAP|LOCK)|SQLITE_PROTOCOL|SQLITE_NOLFS',
		file => withoutLocks(file),
	],
	[
		'SQLITE_BUSY|SQLITE_LOCKED',
		file =>
			new NotStored(`The database ${file} is in use by another program. Try again when that has ended.`, 'in use'),
	],
	[
		'SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT',
		file =>
			new NotStored(
				`The disk is full: ${file} cannot grow. Make room on it, or ${elsewhere}; what was stored before is kept.`,
				'full',
			),
	],
	[
		'SQLITE_READONLY|SQLITE_CANTOPEN|EROFS|EACCES|EPERM',
		(file, message) =>
			new NotStored(
				`The database ${file} cannot be opened for writing (${message}). Check the permissions of the file and its folder, or ${elsewhere}.`,
				'read-only',
			),
	],
	[
		'SQLITE_IOERR',
		(file, message) =>
			new NotStored(
				`The disk fails (${message}): ${file} cannot be used. Check the disk, or ${elsewhere}; what was stored before is kept.`,
				'failing',
			),
	],
];

/** What a person can do about an error of SQLite; other errors stay as they are. */
export const explain = (error: unknown, file: string): unknown => {
	const {code = '', message} = error as {code?: string; message: string};
	if (
		error instanceof UserError ||
		(!code.startsWith('SQLITE_') && !/^E[A-Z]+$/.test(code) && !/directory/.test(message))
	) {
		return error;
	}

	const words = sentences
		.filter(([begins]) => new RegExp(`^(?:${begins})`).test(code))
		.map(([, sentence]) => sentence(file, message));
	return (
		words.find(sentence => sentence !== undefined) ??
		new UserError(
			`The database ${file} cannot be opened (${message}). Check the folder's permissions, or ${elsewhere}.`,
		)
	);
};
