import assert from 'node:assert/strict';
import fs from 'node:fs';
import process from 'node:process';
import {test} from 'node:test';
import pty from '@lydell/node-pty';
import {pictures, takePictures} from '../../screenshots/pictures.js';

const root = new URL('../../', import.meta.url);
const stored = new URL('screenshots/', root);

/** Why no pictures can be taken here; false where they can. */
const trouble = (): string | false => {
	if (process.platform === 'win32') {
		return 'folders look different on Windows';
	}

	try {
		pty.spawn(process.execPath, ['--version'], {}).kill();
		return false;
	} catch (error) {
		return `there is no terminal: ${String(error)}`;
	}
};

test('the pictures of the documents show what the program shows', {skip: trouble()}, async t => {
	await takePictures(t, pictures, ({name}, svg, terminal) => {
		const file = new URL(`${name}.svg`, stored);
		if (process.env['UPDATE'] === '1') {
			fs.writeFileSync(file, svg);
		}

		assert.ok(
			fs.existsSync(file) && fs.readFileSync(file, 'utf8') === svg,
			`screenshots/${name}.svg is out of date, run npm run screenshots. The screen is now:\n${terminal.screen()}`,
		);
	});
});

test('every picture is shown by a document, and every picture that a document shows is taken', () => {
	const folders = ['', 'docs/'];
	const documents = folders.flatMap(folder =>
		fs
			.readdirSync(new URL(folder, root))
			.filter(name => name.endsWith('.md'))
			.map(name => fs.readFileSync(new URL(folder + name, root), 'utf8')),
	);
	const shown = documents.flatMap(text => [...text.matchAll(/\]\((?:\.\.\/)?screenshots\/(.+?)\)/g)]);
	const names = pictures.map(({name}) => `${name}.svg`).toSorted();
	assert.deepEqual([...new Set(shown.map(([, name]) => name))].toSorted(), names);
	assert.deepEqual(
		fs.readdirSync(stored).filter(name => name.endsWith('.svg')),
		names,
	);
});
