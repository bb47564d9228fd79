import {resolveSettings} from '../../config/settings.js';
import {followDecisions} from '../../disclose/follow-decisions.js';
import {DecisionBook} from '../../redact/decisions.js';
import type {Redactions} from '../../store/redactions.js';
import type {RedactionsRequest, RedactionsSurroundings} from './redactions-command.js';

type Request = Pick<RedactionsRequest, 'flags'>;
type Surroundings = Pick<RedactionsSurroundings, 'resolve' | 'services'>;

/** Works with what people decided, without the sessions; `nothing` where nobody decided anything. */
export const withDecisions = async <Answer>(
	{flags}: Request,
	{resolve = resolveSettings, services}: Surroundings,
	work: (redactions: Redactions) => Promise<Answer>,
	nothing: Answer,
): Promise<Answer> => {
	const redactions = await services.openRedactions(resolve(flags).databasePath);
	if (redactions === undefined) {
		return nothing;
	}

	try {
		return await work(redactions);
	} finally {
		redactions.close();
	}
};

/** What people decided, for texts that belong to no session: what holds everywhere. */
export const decidedBook = async (request: Request, surroundings: Surroundings): Promise<DecisionBook> => {
	const book = new DecisionBook();
	await withDecisions(request, surroundings, redactions => followDecisions(redactions, book), undefined);
	return book;
};
