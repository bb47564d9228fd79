import {type OwnRules, type RuleFile, readRedactionRules} from '../../config/read-redaction-rules.js';
import {defaultClasses} from '../../redact/built-in.js';
import type {FindingClass} from '../../redact/finding.js';
import {builtInRules, type ListedRule} from '../../redact/rule-list.js';
import {switchedClasses} from '../../redact/switched-classes.js';
import {plainPath} from '../../text/paths.js';
import {plainText} from '../../text/sanitize.js';
import {aligned} from '../doctor-rows.js';
import {jsonSchemaVersion} from '../json-output.js';
import type {Output} from '../output.js';
import {decisionCells, decisionHeadings, decisionJson, type ListedDecision, listedDecisions} from './list-decisions.js';
import {tellNotUnderstood, withoutPersonal} from './own-redactor.js';
import type {RedactionsRequest, RedactionsSurroundings} from './redactions-command.js';

type RuleRow = ListedRule & {
	/** The file that it stands in; null for a built-in rule. */
	file: string | null;
	enabled: boolean;
};

/** `redactions list`: what a person decided about single values, their own rules in their order, then the built-in ones. */
export const listRules = async (request: RedactionsRequest, surroundings: RedactionsSurroundings): Promise<number> => {
	const {flags, named, folders} = request;
	const {stdout, stderr} = surroundings;
	const own = await readRedactionRules(named, folders);
	await tellNotUnderstood(own, stderr);
	const rules = rowsOf(own, flags['secretsOnly'] === true ? withoutPersonal : defaultClasses);
	const decisions = await listedDecisions(request, surroundings);
	if (flags['json'] === true) {
		const decided = decisions.map(decision => `\n${JSON.stringify(decisionJson(decision))}`).join(',');
		await stdout.write(`{"schema":${jsonSchemaVersion},"decisions":[${decided}],\n"rules":[`);
		await stdout.writeLine(`${rules.map(rule => `\n${JSON.stringify(rule)}`).join(',')}]}`);
		return 0;
	}

	if (decisions.length > 0) {
		const table = aligned([decisionHeadings, ...decisions.map(decisionCells)]);
		await stdout.writeLine(`${table.join('\n')}\n`);
		await tellOrphans(decisions, stderr);
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

const tellOrphans = async (decisions: readonly ListedDecision[], stderr: Output): Promise<void> => {
	const gone = decisions.filter(({isOrphaned}) => isOrphaned).map(({id}) => id);
	if (gone.length > 0) {
		await stderr.writeLine(
			`What ${gone.length === 1 ? 'decision' : 'decisions'} ${gone.join(', ')} stood at is gone. Look where it stands now, then remove or confirm each.`,
		);
	}
};

const rowsOf = ({files, gitleaks, redactions}: OwnRules, asked: readonly FindingClass[]): RuleRow[] => {
	const classes = switchedClasses(asked, redactions);
	const off = new Set([...gitleaks.disabledRules, ...(redactions.off ?? [])]);
	const isEnabled = ({id, class: kind}: ListedRule): boolean => classes.includes(kind) && !off.has(id);
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
