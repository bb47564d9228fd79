import type {Redactor} from '../redact/redactor.js';

let redactor: Redactor | undefined;

/**
The program's own words, which may quote a log, a path, or what an engine says of a text that it could not take, as they may be
printed: without what the built-in rules find. Where even these fail, nothing of the words is left.
*/
export const redactWords = async (words: string): Promise<string> => {
	try {
		const [{assembleRedactor}, {Numbering}] = await Promise.all([
			import('../redact/assemble.js'),
			import('../redact/placeholder.js'),
		]);
		redactor ??= assembleRedactor();
		return redactor.redact(words, new Numbering());
	} catch {
		return 'Something failed, and what it says cannot be shown, since it could not be looked through for secrets.';
	}
};
