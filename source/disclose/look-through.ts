import type {LogEvent} from '../model/log-event.js';
import type {Prompt, PromptId, SessionSummary} from '../model/session.js';
import {textsOfEvent, textsOfPrompt, textsOfSession} from '../redact/event-texts.js';
import type {Store} from '../store/store.js';

/** A text of a session with where it stands. */
export type PlacedText = {
	text: string;
	/** As rules and lists name it: `output`, `changes.path`, `prompt.text`. */
	field: string;
	/** Kind of event, or `session`, `prompt`. */
	kind: string;
	/** Counted from 1; null outside of prompts. */
	prompt: number | null;
	/** Of what was asked, in kind `prompt`. */
	promptId: PromptId | null;
	/** Of the log, counted from 1; null for what no one line tells, such as a title. */
	line: number | null;
};

/** Every text of a session, in its order. */
export async function* textsOf(
	store: Pick<Store, 'prelude' | 'prompts'>,
	session: SessionSummary,
): AsyncGenerator<PlacedText> {
	for (const {field, text} of textsOfSession(session)) {
		yield {text, field, kind: 'session', prompt: null, promptId: null, line: null};
	}

	for await (const event of store.prelude(session.id)) {
		yield* ofEvent(event, null);
	}

	for await (const prompt of store.prompts(session.id)) {
		yield* ofPrompt(prompt);
		for (const event of prompt.events) {
			yield* ofEvent(event, prompt.index);
		}
	}
}

function* ofPrompt(prompt: Prompt): Generator<PlacedText> {
	for (const {field, text} of textsOfPrompt(prompt)) {
		yield {text, field, kind: 'prompt', prompt: prompt.index, promptId: prompt.id, line: null};
	}
}

function* ofEvent(event: LogEvent, prompt: number | null): Generator<PlacedText> {
	for (const {field, text} of textsOfEvent(event)) {
		yield {text, field, kind: event.kind, prompt, promptId: null, line: event.line};
	}

	if (event.kind === 'review') {
		for (const inner of event.events ?? []) {
			yield* ofEvent(inner, prompt);
		}
	}
}
