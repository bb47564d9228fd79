import {UserError} from '../../model/problem.js';
import type {Redactions} from '../../store/redactions.js';
import {withDecisions} from './decided-book.js';
import type {RedactionsRequest, RedactionsSurroundings} from './redactions-command.js';

const nothingDecided = 'Nothing was decided yet.';

/** `redactions remove ID` and `redactions confirm ID`. */
export const changeDecision = async (
	action: 'remove' | 'confirm',
	request: RedactionsRequest,
	surroundings: RedactionsSurroundings,
): Promise<number> => {
	const [word = '', ...rest] = request.words;
	const id = /^[1-9]\d{0,14}$/.test(word) && rest.length === 0 ? Number(word) : undefined;
	if (id === undefined) {
		throw new UserError(`"${request.words.join(' ')}" is no number of a decision. See codex-tui redactions list.`);
	}

	const change = async (redactions: Redactions): Promise<string> => {
		await redactions[action](id);
		return action === 'remove'
			? `Decision ${id} holds no more. Take that back with codex-tui redactions undo.`
			: `Decision ${id} may be about text that is gone.`;
	};

	const said = await withDecisions(request, surroundings, change, undefined);
	if (said === undefined) {
		throw new UserError(nothingDecided, 1);
	}

	await surroundings.stdout.writeLine(said);
	return 0;
};

const becomes = {add: 'holds again', change: 'is what it was before', remove: 'holds no more'} as const;

/** `redactions undo`: takes back the newest change. */
export const undoDecision = async (
	request: RedactionsRequest,
	surroundings: RedactionsSurroundings,
): Promise<number> => {
	const undone = await withDecisions(request, surroundings, redactions => redactions.undo(), undefined);
	if (undone === undefined) {
		throw new UserError('There is nothing to take back.', 1);
	}

	await surroundings.stdout.writeLine(`Decision ${undone.id} ${becomes[undone.kind]}.`);
	return 0;
};
