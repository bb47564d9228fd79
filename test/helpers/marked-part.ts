import assert from 'node:assert/strict';
import fs from 'node:fs';

/**
Compares what a document holds between `<!-- name -->` and `<!-- /name -->` with what it should hold,
or, with `UPDATE=1`, writes it there.
*/
export const checkPart = (document: string, name: string, expected: string): void => {
	const url = new URL(`../../${document}`, import.meta.url);
	const text = fs.readFileSync(url, 'utf8');
	const part = new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- /${name} -->)`);
	assert.match(text, part, `${document} has no part between <!-- ${name} --> and <!-- /${name} -->`);
	const fresh = text.replace(part, (_, start: string, end: string) => `${start}${expected}${end}`);
	if (process.env['UPDATE'] === '1') {
		fs.writeFileSync(url, fresh);
	}

	assert.equal(fs.readFileSync(url, 'utf8'), fresh, `${document} is out of date, run UPDATE=1 npm test`);
};
