import {type OwnRules, readRedactionRules} from '../../config/read-redaction-rules.js';
import {assembleRedactor} from '../../redact/assemble.js';
import type {DecisionBook} from '../../redact/decisions.js';
import type {FindingClass} from '../../redact/finding.js';
import type {Redactor} from '../../redact/redactor.js';
import {plainText} from '../../text/sanitize.js';
import type {Output} from '../output.js';
import type {RedactionsRequest} from './redactions-command.js';

/** What is looked for when personal data is left out. */
export const withoutPersonal: readonly FindingClass[] = ['secret', 'custom'];

/** The redactor of the built-in rules and a person's own; what of these is not understood is said. */
export const ownRedactor = async (
	{named, folders}: Pick<RedactionsRequest, 'named' | 'folders'>,
	isSecretsOnly: boolean,
	stderr: Output,
	decisions?: DecisionBook,
): Promise<Redactor> => {
	const rules = await readRedactionRules(named, folders);
	await tellNotUnderstood(rules, stderr);
	return assembleRedactor({...rules, decisions, ...(isSecretsOnly ? {classes: withoutPersonal} : {})});
};

export const tellNotUnderstood = async ({gitleaks}: OwnRules, stderr: Output): Promise<void> => {
	for (const clause of gitleaks.notUnderstood) {
		await stderr.writeLine(`${plainText(clause).replaceAll('\n', ' ')}.`);
	}
};
