import type {ShownStore} from '../disclose/shown.js';
import {UserError} from '../model/problem.js';
import type {SessionSummary} from '../model/session.js';

/** Nothing of a session leaves the program for good while what a person wanted redacted in it may stand somewhere else now. */
export const refuseOrphans = async (
	{redactions}: Pick<ShownStore, 'redactions'>,
	{id}: Pick<SessionSummary, 'id'>,
): Promise<void> => {
	const [first, ...others] = await redactions.orphans(id);
	if (first !== undefined) {
		const what = others.length === 0 ? `Decision ${first} is` : `Decisions ${[first, ...others].join(', ')} are`;
		throw new UserError(
			`${what} about text that is not in this session any more, so that it may stand there otherwise. Nothing was written. Look for it, then write codex-tui redactions confirm ${first}, or remove ${first}.`,
			1,
		);
	}
};
