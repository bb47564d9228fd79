import type {RuleFolders} from '../config/read-redaction-rules.js';
import {codex} from '../formats/codex/index.js';
import type {IngestStore} from '../store/ingest-store.js';
import type {SearchIndex} from '../store/search-index.js';
import type {FindingsPass} from './findings-pass.js';

/** A pass by a person's own rules. Throws a `UserError` where these cannot be read: nothing is looked through by others then. */
export const openFindingsPass = async (
	store: IngestStore,
	search: SearchIndex,
	ruleFolders?: RuleFolders,
): Promise<FindingsPass> => {
	const [{readRedactionRules}, {assembleRedactor}, {FindingsPass}] = await Promise.all([
		import('../config/read-redaction-rules.js'),
		import('../redact/assemble.js'),
		import('./findings-pass.js'),
	]);
	const redactor = assembleRedactor(await readRedactionRules([], ruleFolders));
	return new FindingsPass({store, search, format: codex, redactor});
};
