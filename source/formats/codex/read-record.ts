import type {EventBody} from '../../model/log-event.js';
import {noUsage} from '../../model/token-usage.js';
import {
	count,
	flag,
	integer,
	isObject,
	type Json,
	number,
	object,
	objects,
	text,
	toJson,
	wholeNumber,
} from '../json.js';
import {policyName, readEventMsg} from './event-msg.js';
import {alone, notice, type Reading} from './reading.js';
import {readResponseItem} from './response-item.js';
import {usageOf} from './usage.js';

/** A record in the shape of era C and D, whatever the era (reference 2, 10). */
export type Envelope = {
	/** Unix ms; null in the eras without line times. */
	at: number | null;
	/** Position in the thread's history, in paginated logs. */
	ordinal: number | null;
	type: string;
	payload: Json;
	metadata: Json;
};

const timeOf = (value: unknown): number | null => {
	const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
	return Number.isNaN(at) ? null : at;
};

/** Puts the bare lines of the first native releases into the envelope of the later ones. */
export const envelopeOf = (record: Json): Envelope => {
	const type = text(record, 'type');
	if (type !== null && isObject(record['payload'])) {
		return {
			at: timeOf(record['timestamp']),
			ordinal: integer(record, 'ordinal'),
			type,
			payload: record['payload'],
			metadata: object(record, 'metadata'),
		};
	}

	const bare = {at: null, ordinal: null, payload: record, metadata: {}};
	const thread = text(record, 'session_id') ?? text(record, 'conversation_id');
	if (thread !== null && 'ts' in record && typeof record['text'] === 'string') {
		return {...bare, at: wholeNumber((number(record, 'ts') ?? Number.NaN) * 1000), type: 'history'};
	}

	if ('record_type' in record) {
		return {...bare, type: `record_type ${text(record, 'record_type') ?? ''}`};
	}

	if (type !== null || 'role' in record) {
		return {...bare, type: 'response_item'};
	}

	return {...bare, type: text(record, 'id') !== null && 'timestamp' in record ? 'session_meta' : ''};
};

const unknown = (type: string, record: Json): Reading => alone({kind: 'unknown', type, raw: toJson(record)});

/** Everything one record says: nearly always one thing. Unknown kinds are kept as they are. */
export const readRecord = (envelope: Envelope): Reading[] => {
	const {type, payload, metadata} = envelope;
	switch (type) {
		case 'response_item': {
			return readResponseItem(payload, metadata) ?? [unknown(`response_item ${text(payload, 'type') ?? '?'}`, payload)];
		}

		case 'event_msg': {
			const inner = text(payload, 'type') ?? '?';
			const name = inner === 'item_completed' ? `${inner} ${text(object(payload, 'item'), 'type') ?? '?'}` : inner;
			return [readEventMsg(payload) ?? unknown(`event_msg ${name}`, payload)];
		}

		case 'session_meta': {
			return [alone(sessionMeta(payload))];
		}

		case 'turn_context': {
			return [alone(turnContext(payload))];
		}

		case 'compacted': {
			const body: EventBody = {kind: 'compaction', text: text(payload, 'message') ?? ''};
			return [{body, join: {as: 'echo', family: 'compaction', source: 'item'}}];
		}

		case 'token_usage_record': {
			const usage = usageOf(payload['usage']) ?? noUsage;
			const total = usageOf(payload['thread_token_usage']);
			const cacheWriteTokens = count(object(payload, 'usage'), 'cache_write_input_tokens');
			return [alone({kind: 'token-usage', last: usage, total, own: noUsage, contextWindow: null, cacheWriteTokens})];
		}

		case 'record_type state': {
			return [alone({kind: 'snapshot', text: text(payload, 'previous_response_id') ?? 'state'})];
		}

		case 'history': {
			return [typedPrompt(payload)];
		}

		case 'world_state': {
			const sections = Object.keys(object(payload, 'state')).join(', ');
			return [alone({kind: 'snapshot', text: `world state${flag(payload, 'full') ? '' : ' change'}: ${sections}`})];
		}

		case 'inter_agent_communication': {
			return [mail(payload)];
		}

		case 'inter_agent_communication_metadata': {
			return [
				notice(flag(payload, 'trigger_turn') ? 'message between agents starts a turn' : 'message between agents'),
			];
		}

		case 'retained_context': {
			const answers = objects(payload, 'questions').map(
				question => `${text(question, 'question') ?? ''} → ${text(question, 'answer') ?? ''}`,
			);
			return [notice(answers.join('\n') || 'retained context')];
		}

		case 'security_risk_score': {
			return [notice(`risk ${toJson(object(payload, 'scores'))}`)];
		}

		case 'realtime_item': {
			return [realtime(payload)];
		}

		default: {
			return [unknown(type || 'line without type', payload)];
		}
	}
};

const sessionMeta = (payload: Json): EventBody => ({
	kind: 'session-meta',
	id: text(payload, 'id'),
	cliVersion: text(payload, 'cli_version'),
	originator: text(payload, 'originator'),
	cwd: text(payload, 'cwd'),
	instructions: text(payload, 'instructions') ?? text(object(payload, 'base_instructions'), 'text'),
});

const turnContext = (payload: Json): EventBody => {
	const sandbox = payload['sandbox_policy'];
	return {
		kind: 'turn-context',
		cwd: text(payload, 'cwd'),
		model: text(payload, 'model'),
		effort: text(payload, 'effort'),
		approvalPolicy: policyName(payload['approval_policy']),
		// The tag was `mode` before late 2025.
		sandbox: isObject(sandbox) ? (text(sandbox, 'type') ?? text(sandbox, 'mode')) : policyName(sandbox),
		serviceTier: text(payload, 'service_tier'),
	};
};

/** A line of `history.jsonl` (reference 1.3): all that is left of a session whose rollout is gone. */
const typedPrompt = (payload: Json): Reading => {
	const body = text(payload, 'text') ?? '';
	return {
		body: {kind: 'message', role: 'user', phase: null, context: null, text: body, images: []},
		join: {as: 'asked', source: 'event', text: body, isInherited: false},
	};
};

const mail = (payload: Json): Reading => {
	const content = text(payload, 'content') ?? '';
	const isEncrypted = content === '' && typeof payload['encrypted_content'] === 'string';
	return alone({
		kind: 'message',
		role: 'agent',
		phase: `${text(payload, 'author') ?? '?'} → ${text(payload, 'recipient') ?? '?'}`,
		context: null,
		text: isEncrypted ? '[encrypted]' : content,
		images: [],
	});
};

const realtime = (payload: Json): Reading => {
	const spoken = text(payload, 'text');
	return spoken === null
		? notice(`voice: ${text(payload, 'type') ?? '?'}`)
		: alone({
				kind: 'message',
				role: text(payload, 'role') ?? 'user',
				phase: 'voice',
				context: 'voice transcript',
				text: spoken,
				images: [],
			});
};
