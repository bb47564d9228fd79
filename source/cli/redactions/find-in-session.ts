import type {LogEvent} from '../../model/log-event.js';
import type {SessionSummary} from '../../model/session.js';
import {type FieldText, textsOfEvent, textsOfSession} from '../../redact/event-texts.js';
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
	const rowsOf = (place: Pick<FoundPlace, 'prompt' | 'line' | 'kind'>, texts: readonly FieldText[]): FoundRow[] =>
		texts.flatMap(({field, text}) => {
			const isPrompt = place.kind === 'prompt';
			const findings = redactor.scan(text, {
				...(memory === undefined ? {} : {memory}),
				place: {thread: sessionId, field: isPrompt ? `prompt.${field}` : field, isPrompt: isPrompt && field === 'text'},
			});
			return counted({sessionId, file: null, ...place, field}, findings);
		});

	const rowsOfEvents = function* (events: readonly LogEvent[], prompt: number | null): Generator<FoundRow> {
		for (const event of events) {
			yield* rowsOf({prompt, line: event.line, kind: event.kind}, textsOfEvent(event));
			if (event.kind === 'review') {
				yield* rowsOfEvents(event.events ?? [], prompt);
			}
		}
	};

	yield* rowsOf({prompt: null, line: null, kind: 'session'}, textsOfSession(session));
	for await (const event of store.prelude(session.id)) {
		yield* rowsOfEvents([event], null);
	}

	for await (const {id, index, text, images, events} of store.prompts(session.id)) {
		const texts = [{field: 'text', text}, ...images.map(({source}) => ({field: 'images.source', text: source ?? ''}))];
		const rows = rowsOf({prompt: index, line: null, kind: 'prompt'}, texts);
		const line = rows.length === 0 ? null : ((await store.event(id))?.lines[0] ?? null);
		yield* rows.map(row => ({...row, line}));
		yield* rowsOfEvents(events, index);
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
