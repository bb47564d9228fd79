import {parse, TomlError} from 'smol-toml';
import {UserError} from '../model/problem.js';

/** The tables of a TOML file; a mistake becomes a sentence that ends with where to see it done right. */
export const parseToml = (text: string, file: string, model: string): Record<string, unknown> => {
	try {
		return parse(text.replace(/^\uFEFF/, ''));
	} catch (error) {
		if (!(error instanceof TomlError)) {
			throw error;
		}

		const reason = (error.message.split('\n')[0] ?? '').replace(/^Invalid TOML document: /, '');
		throw new UserError(`Line ${error.line} of ${file} is not valid TOML (${reason}). Correct it; ${model}.`);
	}
};
