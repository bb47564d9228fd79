import {type Json, list, object, objects, text, texts, toJson} from '../json.js';
import {contentOf, imagePlaceholder} from './content.js';
import {alone, notice, type Reading, result, userCommand} from './reading.js';
import {enteredReview, exitedReview} from './review.js';
import {searchSubject} from './tool-call.js';
import {commandResult, dynamicResult, mcpResult, patchResult, plainResult} from './tool-result.js';

const kinds = new Map<string, (item: Json) => Reading>([
	['UserMessage', item => userMessage(item)],
	['AgentMessage', item => agentMessage(item)],
	['Reasoning', item => reasoning(item)],
	['Plan', item => plan(item)],
	['CommandExecution', item => command(item, text(item, 'id'))],
	['FileChange', item => result(patchResult(item, text(item, 'id')))],
	['McpToolCall', item => result(mcpResult(item, text(item, 'id')))],
	['DynamicToolCall', item => result(dynamicResult(item, text(item, 'id')))],
	['CollabAgentToolCall', item => collaboration(item)],
	['WebSearch', item => webSearch(item, text(item, 'id'))],
	['ImageView', item => imageView(item, text(item, 'id'))],
	['ImageGeneration', item => imageGeneration(item, text(item, 'id'))],
	['SubAgentActivity', item => subAgentActivity(item)],
	['FunctionCallOutput', item => functionCallOutput(item)],
	['Extension', item => extension(item)],
	['HookPrompt', item => hookPrompt(item)],
	['EnteredReviewMode', item => enteredReview(item, 'completed')],
	['ExitedReviewMode', item => exitedReview(item, 'completed')],
	[
		'ContextCompaction',
		() => ({body: {kind: 'compaction', text: ''}, join: {as: 'echo', family: 'compaction', source: 'completed'}}),
	],
	['Sleep', item => notice(`slept ${String(item['duration_ms'] ?? '?')} ms`)],
]);

/** What an `item_completed` says (reference 7); undefined for a kind this release does not know. */
export const readCompletedItem = (item: Json): Reading | undefined => kinds.get(text(item, 'type') ?? '')?.(item);

/** `exec_command_end` and `CommandExecution`. */
export const command = (item: Json, callId: string | null): Reading => {
	const body = commandResult(item, callId);
	return text(item, 'source') === 'user_shell' ? userCommand(body) : result(body);
};

const userMessage = (item: Json): Reading => {
	const content = contentOf(item['content']);
	const body = content.texts.join('');
	return {
		body: {kind: 'message', role: 'user', phase: null, context: null, text: body, images: content.images},
		images: content.images,
		join: {as: 'asked', source: 'completed', id: text(item, 'id'), text: body, isInherited: false},
	};
};

const agentMessage = (item: Json): Reading => {
	const body = contentOf(item['content']).texts.join('');
	return {
		body: {kind: 'message', role: 'assistant', phase: text(item, 'phase'), context: null, text: body, images: []},
		join: {as: 'said', source: 'completed', channel: 'assistant', id: text(item, 'id'), texts: [body]},
	};
};

const reasoning = (item: Json): Reading => {
	const summary = texts(item, 'summary_text');
	const parts = summary.length > 0 ? summary : texts(item, 'raw_content');
	return {
		body: {kind: 'reasoning', text: parts.join('\n\n'), parts, encrypted: false},
		join: {as: 'said', source: 'completed', channel: 'reasoning', id: text(item, 'id'), texts: parts},
	};
};

const plan = (item: Json): Reading => alone({kind: 'plan', text: text(item, 'text') ?? ''});

const collaboration = (item: Json): Reading =>
	result(
		plainResult(text(item, 'id'), {
			tool: 'agent',
			name: text(item, 'tool'),
			command: text(item, 'prompt'),
			status: text(item, 'status') === 'failed' ? 'failed' : 'completed',
		}),
	);

/** `web_search_end` and `WebSearch`. */
export const webSearch = (item: Json, callId: string | null): Reading => {
	const action = object(item, 'action');
	const results = list(item, 'results');
	return result(
		plainResult(callId, {
			tool: 'web-search',
			name: text(action, 'type') ?? 'web_search',
			command: text(item, 'query') || searchSubject(action),
			arguments: toJson(action),
			output: results.length > 0 ? toJson(results, '\t') : null,
			status: 'completed',
		}),
	);
};

/** `view_image_tool_call` and `ImageView`. */
export const imageView = (item: Json, callId: string | null): Reading =>
	result(plainResult(callId, {tool: 'view-image', name: 'view_image', command: text(item, 'path')}));

/** `image_generation_end` and `ImageGeneration`. */
export const imageGeneration = (item: Json, callId: string | null): Reading => {
	const saved = text(item, 'saved_path');
	const data = text(item, 'result');
	return result(
		plainResult(callId, {
			tool: 'other',
			name: 'image_generation',
			command: text(item, 'revised_prompt'),
			output: saved,
			images: data ? [imagePlaceholder(`data:image/png;base64,${data}`)] : [],
			status: text(item, 'status') === 'failed' ? 'failed' : 'completed',
		}),
	);
};

/** `sub_agent_activity` and `SubAgentActivity`. */
export const subAgentActivity = (item: Json): Reading =>
	notice(
		`agent ${text(item, 'agent_path') ?? text(item, 'agent_thread_id') ?? '?'} ${text(item, 'kind') ?? ''}`.trim(),
	);

const functionCallOutput = (item: Json): Reading =>
	result(
		plainResult(text(item, 'id'), {
			tool: 'other',
			name: text(item, 'name'),
			output: contentOf(item['output']).texts.join('\n'),
			status: 'completed',
		}),
	);

const extension = (item: Json): Reading => {
	const {type: _type, id: _id, kind, ...rest} = item;
	const query = text(item, 'query');
	return result(
		plainResult(text(item, 'id'), {
			tool: kind === 'web.search' ? 'web-search' : 'other',
			name: typeof kind === 'string' ? kind : 'extension',
			command: query,
			arguments: toJson(rest),
			status: 'completed',
		}),
	);
};

const hookPrompt = (item: Json): Reading =>
	alone({
		kind: 'message',
		role: 'user',
		phase: null,
		context: 'hook_prompt',
		text: objects(item, 'fragments')
			.map(fragment => text(fragment, 'text') ?? '')
			.join('\n'),
		images: [],
	});
