import {textsOf} from '../../disclose/look-through.js';
import type {SessionSummary} from '../../model/session.js';
import type {Finding} from '../../redact/finding.js';
import type {Redactor, ScanOptions} from '../../redact/redactor.js';
import type {Store} from '../../store/store.js';

/** What one rule found in one field, and how often. It never holds a value. */
export type FoundRow = {
	/** Thread id; null for a file that is no log. */
	sessionId: string | null;
	/** Path as it was given; null for a session. */
	file: string | null;
	/** Counted from 1; null outside of prompts. */
	prompt: number | null;
	/** Of the log or file, counted from 1; null for what no one line tells, such as a title. */
	line: number | null;
	/** Kind of event, or `session`, `prompt`, `file`. */
	kind: string;
	/** Null for a file. */
	field: string | null;
	rule: string;
	class: Finding['class'];
	confidence: Finding['confidence'];
	count: number;
};

export type FoundPlace = Omit<FoundRow, 'rule' | 'class' | 'confidence' | 'count'>;

/** Everything that a redactor finds in a session, in the session's order; values that were found are known from then on. */
export async function* findInSession(
	store: Store,
	session: SessionSummary,
	redactor: Redactor,
	memory: ScanOptions['memory'],
): AsyncGenerator<FoundRow> {
	const {threadId: sessionId} = session;
	for await (const {text, field, kind, prompt, promptId, line} of textsOf(store, session)) {
		const findings = redactor.scan(text, {
			...(memory === undefined ? {} : {memory}),
			place: {thread: sessionId, field, isPrompt: field === 'prompt.text'},
		});
		if (findings.length > 0) {
			const place = {sessionId, file: null, prompt, kind, field: field.replace(/^prompt\./, '')};
			const recorded = promptId === null ? line : ((await store.event(promptId))?.lines[0] ?? null);
			yield* counted({...place, line: recorded}, findings);
		}
	}
}

/** Finds of one place as rows, one for each rule. */
export const counted = (place: FoundPlace, findings: readonly Finding[]): FoundRow[] =>
	[...Map.groupBy(findings, ({ruleId, confidence}) => `${ruleId} ${confidence}`).values()].flatMap(group => {
		const [first] = group;
		return first === undefined
			? []
			: [{...place, rule: first.ruleId, class: first.class, confidence: first.confidence, count: group.length}];
	});
