import {platformFolders} from '../../config/folders.js';
import {type RuleFolders, readRedactionRules} from '../../config/read-redaction-rules.js';
import {placeholderId} from '../../redact/placeholder.js';
import type {RuleOrigins} from '../../report/redaction-tally.js';

/** A person's own rules, by the id that placeholders name. */
export const ruleOrigins = async (folders: RuleFolders = platformFolders()): Promise<RuleOrigins> => {
	const {redactions, gitleaks} = await readRedactionRules([], folders);
	return new Map([
		...gitleaks.rules.map(
			({id}) => [placeholderId(id), {origin: 'own rule', actor: null, reason: null} as const] as const,
		),
		...redactions.rules.map(
			({id, actor = null, reason = null}) => [placeholderId(id), {origin: 'own rule', actor, reason} as const] as const,
		),
	]);
};
