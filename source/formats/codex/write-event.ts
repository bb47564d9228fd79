import type {EventBody} from '../../model/log-event.js';
import type {Rows} from '../rows.js';
import {callRow} from './calls.js';
import {summaryText} from './context-text.js';

/** What a usage line does not say itself. */
type Surroundings = {model: string | null; serviceTier: string | null};

/** Adds the row of the table that an event has besides `events`. */
export const writeEvent = (rows: Rows, body: EventBody, sequence: number, {model, serviceTier}: Surroundings): void => {
	switch (body.kind) {
		case 'message': {
			const {role, phase, context, text: content, images} = body;
			rows.messages.push({sequence, role, phase, context, text: content, imageCount: images.length});
			break;
		}

		case 'reasoning': {
			rows.reasoning.push({sequence, text: body.text, encrypted: body.encrypted});
			break;
		}

		case 'tool-call': {
			rows.calls.push(callRow(sequence, body));
			if (body.steps !== undefined) {
				rows.plans.push({sequence, explanation: body.explanation ?? null, steps: JSON.stringify(body.steps)});
			}

			break;
		}

		case 'token-usage': {
			const {own, last, total, contextWindow} = body;
			// A repeated or inherited line writes nothing to the cache again.
			const cacheWriteTokens = own.inputTokens > 0 ? Math.min(own.inputTokens, body.cacheWriteTokens) : 0;
			rows.usage.push({sequence, model, serviceTier, cacheWriteTokens, own, last, total, contextWindow});
			break;
		}

		case 'turn-context': {
			const {cwd, model, effort, approvalPolicy, sandbox} = body;
			rows.contexts.push({sequence, cwd, model, effort, approvalPolicy, sandbox});
			break;
		}

		default: {
			rows.notes.push({sequence, ...noteOf(body)});
		}
	}
};

type NotedBody = Exclude<EventBody, {kind: 'message' | 'reasoning' | 'tool-call' | 'token-usage' | 'turn-context'}>;

/** Label and one line of text for events without a table of their own. */
const noteOf = (body: NotedBody): {label: string; text: string} => {
	switch (body.kind) {
		case 'session-meta': {
			return {label: body.cliVersion ?? '', text: body.cwd ?? ''};
		}

		case 'turn-start': {
			return {label: 'turn', text: body.turnId ?? ''};
		}

		case 'turn-end': {
			return {label: 'turn', text: body.error ?? ''};
		}

		case 'turn-aborted': {
			return {label: 'turn', text: body.reason ?? ''};
		}

		case 'rollback': {
			return {label: 'rollback', text: String(body.turns)};
		}

		case 'name': {
			return {label: 'name', text: body.name ?? ''};
		}

		case 'notice': {
			return {label: body.level, text: body.text};
		}

		case 'review': {
			return {label: body.entered ? 'entered' : 'exited', text: body.text};
		}

		case 'unknown': {
			return {label: body.type, text: ''};
		}

		case 'user-command': {
			return {label: body.exitCode === null ? '' : String(body.exitCode), text: body.command ?? ''};
		}

		case 'compaction': {
			return {label: body.kind, text: summaryText(body.text)};
		}

		case 'plan':
		case 'snapshot': {
			return {label: body.kind, text: body.text};
		}
	}
};
