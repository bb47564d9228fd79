/** Bytes of a log that could not be read: kept, counted and shown, never thrown. */
export type Problem = {
	/** Path of the log file. */
	path: string;
	/** Physical line, counted from 1. */
	line: number;
	/** Byte offset of the first unreadable byte in the (decompressed) file. */
	offset: number;
	/** Length in bytes. */
	length: number;
	/** One lower-case clause, such as "not a JSON object". */
	reason: string;
};

/** A file that could not be read at all. */
export type FileFailure = {path: string; reason: string};

/**
A mistake that the person at the keyboard can mend. The message is one or two sentences:
what is so, then what to do. Shown alone, without a stack.
*/
export class UserError extends Error {
	override name = 'UserError';

	constructor(
		message: string,
		/** 2 for wrong use, 1 for a task that failed, 3 for what was found and should not be there. */
		readonly exitCode: 1 | 2 | 3 = 2,
	) {
		super(message);
	}
}

/** Something that was stored cannot be read any more; the rest can. */
export class Damaged extends UserError {
	override name = 'Damaged';
}

/** Nothing can be stored just now; what was stored before can still be read, and trying again later may do. */
export class NotStored extends UserError {
	override name = 'NotStored';

	constructor(
		message: string,
		readonly reason: 'in use' | 'full' | 'read-only' | 'failing',
	) {
		super(message, 1);
	}
}
