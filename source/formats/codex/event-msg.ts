import type {MessageBody} from '../../model/log-event.js';
import {noUsage} from '../../model/token-usage.js';
import {count, integer, isObject, type Json, list, object, text, toJson} from '../json.js';
import {command, imageGeneration, imageView, readCompletedItem, subAgentActivity, webSearch} from './completed-item.js';
import {contentOf, imagePlaceholder} from './content.js';
import {contextName} from './context-text.js';
import {alone, notice, type Reading, result} from './reading.js';
import {enteredReview, exitedReview} from './review.js';
import {dynamicResult, mcpResult, patchResult, plainResult, type ToolResult} from './tool-result.js';
import {countPayload} from './usage.js';

const kinds = new Map<string, (payload: Json) => Reading | undefined>([
	['user_message', payload => userMessage(payload)],
	['agent_message', payload => agentMessage(payload)],
	['agent_reasoning', payload => reasoning(payload)],
	['agent_reasoning_raw_content', payload => reasoning(payload)],
	['token_count', payload => tokenCount(payload)],
	['task_started', payload => turnStart(payload)],
	['turn_started', payload => turnStart(payload)],
	['task_complete', payload => turnEnd(payload)],
	['turn_complete', payload => turnEnd(payload)],
	[
		'turn_aborted',
		payload => alone({kind: 'turn-aborted', turnId: text(payload, 'turn_id'), reason: text(payload, 'reason')}),
	],
	[
		'context_compacted',
		() => ({body: {kind: 'compaction', text: ''}, join: {as: 'echo', family: 'compaction', source: 'event'}}),
	],
	['entered_review_mode', payload => enteredReview(payload, 'event')],
	['exited_review_mode', payload => exitedReview(payload, 'event')],
	['thread_rolled_back', payload => alone({kind: 'rollback', turns: count(payload, 'num_turns')})],
	['thread_name_updated', payload => alone({kind: 'name', name: text(payload, 'thread_name')})],
	['thread_goal_updated', payload => goal(payload)],
	['thread_settings_applied', payload => settings(payload)],
	['exec_command_end', payload => command(payload, text(payload, 'call_id'))],
	['patch_apply_end', payload => result(patchResult(payload, text(payload, 'call_id')))],
	['mcp_tool_call_end', payload => result(mcpResult(payload, text(payload, 'call_id')))],
	['web_search_end', payload => webSearch(payload, text(payload, 'call_id'))],
	['image_generation_end', payload => imageGeneration(payload, text(payload, 'call_id'))],
	['view_image_tool_call', payload => imageView(payload, text(payload, 'call_id'))],
	['dynamic_tool_call_request', payload => dynamicRequest(payload)],
	['dynamic_tool_call_response', payload => result(dynamicResult(payload, callId(payload)))],
	['collab_agent_spawn_end', payload => collaboration(payload, 'spawn_agent')],
	['collab_agent_interaction_end', payload => collaboration(payload, 'send_input')],
	['collab_waiting_end', payload => collaboration(payload, 'wait_agent')],
	['collab_close_end', payload => collaboration(payload, 'close_agent')],
	['collab_resume_end', payload => collaboration(payload, 'resume_agent')],
	['sub_agent_activity', payload => subAgentActivity(payload)],
	['guardian_assessment', payload => guardian(payload)],
	['item_completed', payload => readCompletedItem(object(payload, 'item'))],
	[
		'undo_completed',
		payload => notice(text(payload, 'message') ?? (payload['success'] === true ? 'undone' : 'undo failed')),
	],
	['error', payload => notice(text(payload, 'message') ?? '', 'error')],
	['stream_error', payload => notice(text(payload, 'message') ?? '', 'error')],
	['warning', payload => notice(text(payload, 'message') ?? '', 'warning')],
	['background_event', payload => notice(text(payload, 'message') ?? '')],
]);

/** What an `event_msg` says (reference 6); undefined for a kind this release does not know. */
export const readEventMsg = (payload: Json): Reading | undefined => kinds.get(text(payload, 'type') ?? '')?.(payload);

const callId = (payload: Json): string | null => text(payload, 'call_id') ?? text(payload, 'callId');

const userMessage = (payload: Json): Reading => {
	const body = text(payload, 'message') ?? '';
	const images = [...list(payload, 'images'), ...list(payload, 'local_images')].flatMap(source =>
		typeof source === 'string' ? imagePlaceholder(source) : contentOf([source]).images,
	);
	const message: MessageBody = {kind: 'message', role: 'user', phase: null, context: null, text: body, images};
	const kind = text(payload, 'kind');
	const context = kind === 'user_instructions' || kind === 'environment_context' ? kind : contextName(body);
	return context === null
		? {body: message, images, join: {as: 'asked', source: 'event', text: body, isInherited: false}}
		: alone({...message, context});
};

/** What releases of late 2025 let the agent say after a compaction; no model said it. */
const compactionNotice = 'Compact task completed';

const agentMessage = (payload: Json): Reading => {
	const body = text(payload, 'message') ?? '';
	if (body === compactionNotice) {
		return notice(body);
	}

	return {
		body: {kind: 'message', role: 'assistant', phase: text(payload, 'phase'), context: null, text: body, images: []},
		join: {as: 'said', source: 'event', channel: 'assistant', id: null, texts: [body]},
	};
};

const reasoning = (payload: Json): Reading => {
	const body = text(payload, 'text') ?? '';
	return {
		body: {kind: 'reasoning', text: body, parts: [body], encrypted: false},
		join: {as: 'said', source: 'event', channel: 'reasoning', id: null, texts: [body]},
	};
};

const tokenCount = (payload: Json): Reading => {
	const usage = countPayload(payload);
	return alone({
		kind: 'token-usage',
		last: usage?.last ?? null,
		total: usage?.total ?? null,
		own: noUsage,
		contextWindow: usage?.contextWindow ?? null,
		cacheWriteTokens: usage?.cacheWriteTokens ?? 0,
	});
};

const turnStart = (payload: Json): Reading => alone({kind: 'turn-start', turnId: text(payload, 'turn_id')});

const turnEnd = (payload: Json): Reading =>
	alone({
		kind: 'turn-end',
		turnId: text(payload, 'turn_id'),
		durationMs: integer(payload, 'duration_ms'),
		error: text(object(payload, 'error'), 'message'),
	});

const goal = (payload: Json): Reading => {
	const state = object(payload, 'goal');
	return notice(`goal ${text(state, 'status') ?? ''}: ${text(state, 'objective') ?? ''}`);
};

const settings = (payload: Json): Reading => {
	const applied = object(payload, 'thread_settings');
	return alone({
		kind: 'turn-context',
		cwd: text(applied, 'cwd'),
		model: text(applied, 'model'),
		effort: text(applied, 'reasoning_effort'),
		approvalPolicy: policyName(applied['approval_policy']),
		sandbox: null,
		serviceTier: text(applied, 'service_tier'),
	});
};

/** An enum that some releases write as a string and others as an object with one key. */
export const policyName = (value: unknown): string | null =>
	typeof value === 'string' ? value : isObject(value) ? (Object.keys(value)[0] ?? null) : null;

const dynamicRequest = (payload: Json): Reading =>
	result(
		plainResult(callId(payload), {
			tool: 'other',
			name: text(payload, 'tool'),
			arguments: payload['arguments'] === undefined ? null : toJson(payload['arguments']),
		}),
	);

const collaboration = (payload: Json, name: string): Reading => {
	const {type: _type, call_id: _callId, ...rest} = payload;
	const fields: Partial<ToolResult> = {
		tool: 'agent',
		name,
		command: text(payload, 'prompt'),
		output: toJson(rest['statuses'] ?? rest['status'] ?? rest),
	};
	return result(plainResult(text(payload, 'call_id'), fields));
};

const guardian = (payload: Json): Reading =>
	notice(
		['guardian', text(payload, 'status'), text(payload, 'risk_level'), text(payload, 'rationale')]
			.filter(part => part !== null)
			.join(' · '),
	);
