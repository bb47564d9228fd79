/** A physical line, or an item of a one-document log. Bytes are only valid during the call. */
export type LogLine = {
	/** Counted from 1. */
	line: number;
	/** Byte offset in the decompressed file. */
	offset: number;
	/** Length in bytes, without the line end. */
	length: number;
	/** The whole line, or only its beginning when it is longer than the reader holds. */
	bytes: Buffer;
	/** Set for a last line without line end: it may still be growing. */
	isUnfinished?: boolean;
	/** The end of a line of which `bytes` is only the beginning. */
	tail?: Buffer;
};
