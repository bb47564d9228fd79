import fs from 'node:fs';
import path from 'node:path';
import {UserError} from '../model/problem.js';
import type {SessionSummary} from '../model/session.js';
import {dateTimeLabel, summaryLine} from '../text/labels.js';

/** The one session that a reference means; a sentence when there is none or more than one. */
export const findSession = async <Session extends SessionSummary>(
	store: {findSessions(reference: string): Promise<Session[]>},
	reference: string,
): Promise<Session> => {
	const found = await store.findSessions(asPath(reference) ?? reference);
	const [session, ...others] = found;
	if (session === undefined) {
		throw new UserError(
			reference === 'last'
				? 'There are no sessions yet. Read some with codex-tui ingest.'
				: `No session matches "${reference}". List them with codex-tui sessions.`,
			1,
		);
	}

	if (others.length > 0) {
		const list = found.map(candidate => `\n  ${describe(candidate)}`).join('');
		throw new UserError(`"${reference}" matches more than one session. Write more of the id:${list}`);
	}

	return session;
};

/** The absolute path when the reference names a file rather than an id. */
export const asPath = (reference: string): string | undefined => {
	const looksLikePath = /[/\\]|\.(?:jsonl|jsonl\.zst|json)$/.test(reference);
	return looksLikePath || fs.existsSync(reference) ? path.resolve(reference) : undefined;
};

const describe = ({threadId, startedAt, title}: SessionSummary): string =>
	[threadId, dateTimeLabel(startedAt), summaryLine(title ?? '', 60)].filter(Boolean).join('  ');
