import assert from 'node:assert/strict';

/** Reads RFC 4180 as strictly as it is written: CRLF, quotes doubled, nothing behind a closing quote, records of one length. */
export const parseCsv = (text: string): string[][] => {
	const records: string[][] = [];
	let record: string[] = [];
	let at = 0;
	while (at < text.length) {
		const isQuoted = text[at] === '"';
		const pattern = isQuoted ? /"((?:[^"]|"")*)"/y : /([^",\r\n]*)/y;
		pattern.lastIndex = at;
		const match = pattern.exec(text);
		assert.ok(match, `no field at ${at}`);
		record.push(isQuoted ? (match[1] ?? '').replaceAll('""', '"') : (match[1] ?? ''));
		at = pattern.lastIndex;
		if (text[at] === ',') {
			at++;
			continue;
		}

		assert.equal(text.slice(at, at + 2), '\r\n', `a record ends otherwise at ${at}`);
		at += 2;
		assert.equal(record.length, records[0]?.length ?? record.length, `record ${records.length}`);
		records.push(record);
		record = [];
	}

	assert.deepEqual(record, [], 'the last record has no end');
	return records;
};
