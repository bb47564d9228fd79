import {resolveSettings} from '../../config/settings.js';
import {findOrphans} from '../../disclose/find-orphans.js';
import {UserError} from '../../model/problem.js';
import {DecisionBook} from '../../redact/decisions.js';
import {Numbering} from '../../redact/placeholder.js';
import type {DecisionRow, Redactions} from '../../store/redactions.js';
import {dateTimeLabel} from '../../text/labels.js';
import {plainText} from '../../text/sanitize.js';
import {allSessions} from '../sessions-command.js';
import {withDecisions} from './decided-book.js';
import {ownRedactor} from './own-redactor.js';
import type {RedactionsRequest, RedactionsSurroundings} from './redactions-command.js';

/** A decision as it is listed: what a person wrote about it, redacted, and whether its place is gone. */
export type ListedDecision = DecisionRow & {isOrphaned: boolean};

/** What people decided, without the values. */
export const listedDecisions = async (
	request: RedactionsRequest,
	surroundings: RedactionsSurroundings,
): Promise<ListedDecision[]> => {
	const rows = await withDecisions(request, surroundings, redactions => redactions.list(), []);
	if (rows.length === 0) {
		return [];
	}

	const show = await withDecisions(
		request,
		surroundings,
		redactions => shower(redactions, request, surroundings),
		hidden,
	);
	const isAboutPlace = rows.some(({scope, confirmedAt}) => scope === 'place' && confirmedAt === null);
	const orphans = isAboutPlace && show !== hidden ? await orphansIn(request, surroundings) : new Set<number>();
	return rows.map(row => ({
		...row,
		reason: show(row.reason),
		replacement: row.replacement === null ? null : show(row.replacement),
		isOrphaned: orphans.has(row.id),
	}));
};

/** Without the values nobody knows what else gives them away. */
const hidden = (): string => '…';

const shower = async (
	redactions: Redactions,
	request: RedactionsRequest,
	{stderr}: RedactionsSurroundings,
): Promise<(text: string) => string> => {
	const book = new DecisionBook();
	try {
		// Whatever their scope: what is hidden somewhere is not quoted here.
		const {decisions} = await redactions.decisions();
		book.use(decisions.filter(({action}) => action === 'redact').map(one => ({...one, scope: 'everywhere' as const})));
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}

		await stderr.writeLine(plainText(error.message));
		return hidden;
	}

	const redactor = await ownRedactor(request, false, stderr, book);
	const numbering = new Numbering();
	return text => redactor.redact(text, numbering);
};

const orphansIn = async (
	{flags}: RedactionsRequest,
	{resolve = resolveSettings, services}: RedactionsSurroundings,
): Promise<Set<number>> => {
	const store = await services.openStore(resolve(flags).databasePath);
	try {
		return await findOrphans(store, allSessions(store));
	} finally {
		await store.close();
	}
};

export const decisionCells = (row: ListedDecision): string[] => {
	const place = [
		...(row.prompt === null ? [] : [`prompt ${row.prompt}`]),
		...(row.line === null ? [] : [`line ${row.line}`]),
		...(row.field === null ? [] : [row.field]),
	];
	return [
		String(row.id),
		row.action,
		row.isOrphaned ? `${row.scope}, gone` : row.scope,
		row.threadId ?? '-',
		place.join(', ') || '-',
		row.ruleId ?? '-',
		row.replacement ?? '-',
		row.actor,
		dateTimeLabel(new Date(row.createdAt).toISOString()),
		row.reason,
	].map(cell => plainText(cell).replaceAll('\n', ' '));
};

export const decisionHeadings = [
	'Decision',
	'Action',
	'Scope',
	'Session',
	'Decided at',
	'Rule',
	'Replacement',
	'Who',
	'When',
	'Why',
];

export const decisionJson = ({
	id,
	action,
	scope,
	threadId,
	prompt,
	line,
	field,
	replacement,
	reason,
	actor,
	ruleId,
	ruleVersion,
	createdAt,
	updatedAt,
	confirmedAt,
	isOrphaned,
}: ListedDecision) => ({
	id,
	action,
	scope,
	sessionId: threadId,
	prompt,
	line,
	field,
	replacement,
	reason,
	actor,
	rule: ruleId,
	ruleVersion,
	createdAt: new Date(createdAt).toISOString(),
	updatedAt: new Date(updatedAt).toISOString(),
	confirmedAt: confirmedAt === null ? null : new Date(confirmedAt).toISOString(),
	orphaned: isOrphaned,
});
