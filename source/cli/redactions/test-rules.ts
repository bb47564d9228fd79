import {absolutePath} from '../../config/folders.js';
import {type OwnRules, readRuleFile, together} from '../../config/read-redaction-rules.js';
import {assembleRedactor} from '../../redact/assemble.js';
import {exactCountLabel} from '../../text/labels.js';
import {plainText} from '../../text/sanitize.js';
import {aligned} from '../doctor-rows.js';
import {allSessions} from '../sessions-command.js';
import {FoundRows, foundSentence} from './found-rows.js';
import {tellNotUnderstood} from './own-redactor.js';
import type {RedactionsRequest, RedactionsSurroundings} from './redactions-command.js';
import {withStore} from './scan-command.js';
import {scanSessions} from './scan-sessions.js';

/** `redactions test`: what the rules of one file alone find in all sessions, and where. */
export const testRules = async (request: RedactionsRequest, surroundings: RedactionsSurroundings): Promise<number> => {
	const {words, flags, folders} = request;
	const {stdout, stderr, terminal} = surroundings;
	const rules = together([await readRuleFile(absolutePath(words[0] ?? '', folders))]);
	await tellNotUnderstood(rules, stderr);
	const redactor = assembleRedactor({...rules, hasBuiltIn: false});
	const rows = new FoundRows(stdout, flags['json'] === true);
	const sessions = await withStore(request, surroundings, [], store =>
		scanSessions(store, allSessions(store), redactor, rows, {terminal, isRemembering: false}),
	);
	const counts = enabledIds(rules).map(id => {
		const found = rows.rules.get(id);
		return {rule: id, count: found?.count ?? 0, sessions: found?.places.size ?? 0};
	});
	const looked = {sessions, files: 0};
	await rows.end({...looked, rules: counts});
	if (flags['json'] !== true) {
		const table = counts.map(({rule, count, sessions}) => [
			plainText(rule).replaceAll('\n', ' '),
			exactCountLabel(count),
			exactCountLabel(sessions),
		]);
		await stdout.writeLine(
			[...(rows.total > 0 ? [''] : []), ...aligned([['Rule', 'Finds', 'Sessions'], ...table])].join('\n'),
		);
	}

	await stderr.writeLine(foundSentence(rows, looked));
	return 0;
};

const enabledIds = ({redactions, gitleaks}: OwnRules): string[] => [
	...redactions.rules.filter(({enabled}) => enabled).map(({id}) => id),
	...gitleaks.rules.map(({id}) => id),
];
