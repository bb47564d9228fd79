import fs from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {packageRoot} from '../files/package-root.js';
import {UserError} from '../model/problem.js';
import {type PriceTable, parsePrices, withOwnPrices} from '../usage/prices.js';
import {type Folders, platformFolders} from './folders.js';
import {parseToml} from './parse-toml.js';

/** Where a person's own prices are looked for. */
export type PriceFolders = Pick<Folders, 'checkoutUser' | 'config'>;

/** The shipped price table, with the person's own prices over it: the first `prices.toml` of a checkout's `user/` or the config folder. */
export const readPrices = ({checkoutUser, config}: PriceFolders = platformFolders()): PriceTable => {
	const shipped = fileURLToPath(new URL('source/usage/prices.toml', packageRoot()));
	const table = tableOf(fs.readFileSync(shipped, 'utf8'), shipped);
	for (const folder of [checkoutUser, config]) {
		const file = folder === null ? null : path.join(folder, 'prices.toml');
		const own = file === null ? undefined : readOwn(file);
		if (file !== null && own !== undefined) {
			return withOwnPrices(table, tableOf(own, file));
		}
	}

	return table;
};

/** A price table from the text of its file. */
export const tableOf = (text: string, file: string): PriceTable =>
	parsePrices(parseToml(text, file, 'user/prices.example.toml shows the form'), file);

const readOwn = (file: string): string | undefined => {
	try {
		return fs.readFileSync(file, 'utf8');
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') {
			return undefined;
		}

		throw new UserError(`The price file ${file} cannot be read (${code}). Mend it, or move it away.`);
	}
};
