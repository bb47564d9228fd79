import {type OwnRules, type RuleFile, readRedactionRules} from '../../config/read-redaction-rules.js';
import {defaultClasses} from '../../redact/built-in.js';
import type {FindingClass} from '../../redact/finding.js';
import {builtInRules, type ListedRule} from '../../redact/rule-list.js';
import {plainPath} from '../../text/paths.js';
import {plainText} from '../../text/sanitize.js';
import {aligned} from '../doctor-rows.js';
import {jsonSchemaVersion} from '../json-output.js';
import {tellNotUnderstood, withoutPersonal} from './own-redactor.js';
import type {RedactionsRequest, RedactionsSurroundings} from './redactions-command.js';

type RuleRow = ListedRule & {
	/** The file that it stands in; null for a built-in rule. */
	file: string | null;
	enabled: boolean;
};

/** `redactions list`: a person's own rules in their order, then the built-in ones. */
export const listRules = async (
	{flags, named, folders}: RedactionsRequest,
	{stdout, stderr}: RedactionsSurroundings,
): Promise<number> => {
	const own = await readRedactionRules(named, folders);
	await tellNotUnderstood(own, stderr);
	const rules = rowsOf(own, flags['secretsOnly'] === true ? withoutPersonal : defaultClasses);
	if (flags['json'] === true) {
		await stdout.write(`{"schema":${jsonSchemaVersion},"rules":[`);
		await stdout.writeLine(`${rules.map(rule => `\n${JSON.stringify(rule)}`).join(',')}]}`);
		return 0;
	}

	const lines = rules.map(({id, class: kind, file, enabled, description}) => [
		oneLine(id),
		kind,
		enabled ? 'on' : 'off',
		file === null ? 'built-in' : plainPath(file),
		oneLine(description),
	]);
	await stdout.writeLine(aligned([['Rule', 'Class', 'On', 'From', 'What it finds'], ...lines]).join('\n'));
	return 0;
};

const rowsOf = ({files, gitleaks}: OwnRules, classes: readonly FindingClass[]): RuleRow[] => {
	const isEnabled = ({id, class: kind}: ListedRule): boolean =>
		classes.includes(kind) && !gitleaks.disabledRules.includes(id);
	return [
		...files.flatMap(ownRows).map(row => ({...row, enabled: row.enabled && isEnabled(row)})),
		...builtInRules().map(rule => ({...rule, file: null, enabled: isEnabled(rule)})),
	];
};

const ownRows = (file: RuleFile): RuleRow[] =>
	'redactions' in file
		? file.redactions.rules.map(({id, enabled, reason, line}) => ({
				id,
				class: 'custom',
				description: reason ?? `Rule of line ${line}`,
				file: file.path,
				enabled,
			}))
		: file.gitleaks.rules.map(({id, description, class: kind = 'secret'}) => ({
				id,
				class: kind,
				description,
				file: file.path,
				enabled: true,
			}));

const oneLine = (text: string): string => plainText(text).replaceAll('\n', ' ');
