#!/usr/bin/env -S node --import tsx
// Takes the pictures of the documents: `npm run screenshots`.
// Arguments: a folder for them (default: this one), and names of pictures (default: all).
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {pictures, takePictures} from './pictures.js';

const works: (() => void)[] = [];
const out = path.resolve(process.argv[2] ?? fileURLToPath(new URL('.', import.meta.url)));
const names = process.argv.slice(3);
const wanted = pictures.filter(({name}) => names.length === 0 || names.includes(name));

try {
	fs.mkdirSync(out, {recursive: true});
	await takePictures({after: work => works.push(work)}, wanted, ({name}, svg) => {
		fs.writeFileSync(path.join(out, `${name}.svg`), svg);
	});
} finally {
	for (const work of works.toReversed()) {
		work();
	}
}
