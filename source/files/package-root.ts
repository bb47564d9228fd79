import fs from 'node:fs';

/** Folder of the installed package, found from this module whether it runs bundled or from source. */
export const packageRoot = (): URL => {
	let folder = new URL('.', import.meta.url);
	while (!fs.existsSync(new URL('package.json', folder))) {
		const parent = new URL('..', folder);
		if (parent.href === folder.href) {
			throw new Error('package.json not found above the program');
		}

		folder = parent;
	}

	return folder;
};

export const packageVersion = (): string =>
	(JSON.parse(fs.readFileSync(new URL('package.json', packageRoot()), 'utf8')) as {version: string}).version;
