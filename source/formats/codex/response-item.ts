import type {MessageBody, ReasoningBody} from '../../model/log-event.js';
import {type Json, list, object, objects, text, texts, toJson} from '../json.js';
import {contentOf, imagePlaceholder} from './content.js';
import {contextName, isAttachmentTag} from './context-text.js';
import {alone, notice, type Reading, result} from './reading.js';
import {completeCall, customCall, functionCall, localShellCall, searchSubject} from './tool-call.js';
import {callOutput, plainResult} from './tool-result.js';

/** A `Map`, because the key comes from a file and a plain object would answer to `constructor`. */
const kinds = new Map<string, (payload: Json, metadata: Json) => Reading[]>([
	['message', (payload, metadata) => message(payload, metadata)],
	['agent_message', payload => [mail(payload)]],
	['reasoning', payload => [reasoning(payload)]],
	['function_call', payload => [call(functionCall(payload))]],
	['custom_tool_call', payload => [call(customCall(payload))]],
	['local_shell_call', payload => [call(localShellCall(payload))]],
	['function_call_output', payload => [result(callOutput(payload))]],
	['custom_tool_call_output', payload => [result(callOutput(payload))]],
	['tool_search_call', payload => [toolSearch(payload)]],
	['tool_search_output', payload => [toolSearchOutput(payload)]],
	['web_search_call', payload => [webSearch(payload)]],
	['image_generation_call', payload => [imageGeneration(payload)]],
	['compaction', () => [compaction()]],
	['compaction_summary', () => [compaction()]],
	['context_compaction', () => [compaction()]],
	[
		'configuration_update',
		payload => [notice(`reasoning effort ${text(object(payload, 'reasoning'), 'effort') ?? 'changed'}`)],
	],
	['additional_tools', payload => [notice(`${list(payload, 'tools').length} more tools`)]],
	['ghost_snapshot', payload => [snapshot(payload)]],
]);

/** What a `response_item` says (reference 5); undefined for a kind this release does not know. */
export const readResponseItem = (payload: Json, metadata: Json): Reading[] | undefined => {
	const type = text(payload, 'type') ?? (text(payload, 'role') === null ? '' : 'message');
	return kinds.get(type)?.(payload, metadata);
};

const call = (body: ReturnType<typeof functionCall>): Reading => ({body, join: {as: 'call', callId: body.callId}});

const isPersonal = (kind: unknown): boolean => typeof kind === 'string' && kind.startsWith('user.');

type Part = {text: string; context: string | null};

/** Text parts of a message, each with the name of the injected block it is, if it is one. */
const partsOf = (payload: Json, contextKinds: readonly unknown[]): Part[] => {
	if (typeof payload['content'] === 'string') {
		return [{text: payload['content'], context: contextName(payload['content'])}];
	}

	const parts: Part[] = [];
	for (const [index, item] of list(payload, 'content').entries()) {
		for (const part of contentOf([item]).texts) {
			if (!isAttachmentTag(part)) {
				parts.push({text: part, context: contextName(part) ?? contextOfKind(contextKinds[index])});
			}
		}
	}

	return parts;
};

/** The name of a block that only Codex marked as one. */
const contextOfKind = (kind: unknown): string | null =>
	typeof kind === 'string' && kind !== 'unknown' && !isPersonal(kind) ? kind : null;

const said = (role: MessageBody['role'], context: string | null, body: string): MessageBody => ({
	kind: 'message',
	role,
	phase: null,
	context,
	text: body,
	images: [],
});

const message = (payload: Json, metadata: Json): Reading[] => {
	const role = text(payload, 'role') ?? 'user';
	if (role === 'tool') {
		return [result(callOutput({...payload, output: payload['content']}))];
	}

	const contextKinds = list(object(payload, 'internal_chat_message_metadata_passthrough'), 'content_item_kinds');
	const {images} = contentOf(payload['content']);
	if (role === 'assistant') {
		return [answer(payload, metadata, images)];
	}

	const parts = partsOf(payload, contextKinds);
	// The first releases sent the slash command itself.
	if (role === 'user' && parts.length === 1 && parts[0]?.text.trim() === '/compact') {
		return [compaction()];
	}

	if (role !== 'user') {
		const context = parts.find(part => part.context !== null)?.context ?? role;
		return [alone(said(role, context, parts.map(part => part.text).join('\n\n')))];
	}

	const injected = parts.filter(part => part.context !== null);
	const spoken = parts.filter(part => part.context === null && part.text.trim() !== '');
	const readings: Reading[] = [];
	if (injected.length > 0 || (spoken.length === 0 && images.length === 0)) {
		const context = injected.map(part => part.context).join(', ') || null;
		readings.push(alone(said('user', context ?? 'empty', injected.map(part => part.text).join('\n\n'))));
	}

	if (spoken.length > 0 || images.length > 0) {
		const body = {...said('user', null, spoken.map(part => part.text).join('\n')), images};
		const isInherited = metadata['inherited_user_message'] === true;
		readings.push({body, images, join: {as: 'asked', source: 'item', text: body.text, isInherited}});
	}

	return readings;
};

const answer = (payload: Json, metadata: Json, images: MessageBody['images']): Reading => {
	const body = {
		...said('assistant', null, contentOf(payload['content']).texts.join('')),
		images,
		phase: text(payload, 'phase'),
	};
	const delivered = text(metadata, 'delivered_assistant_message');
	if (delivered?.startsWith('codex:code-mode-delivery:v1:')) {
		return alone({...body, context: 'delivery record'});
	}

	return {
		body,
		join: {as: 'said', source: 'item', channel: 'assistant', id: text(payload, 'id'), texts: [body.text]},
	};
};

const mail = (payload: Json): Reading => {
	const content = contentOf(payload['content']).texts.join('\n');
	const route = `${text(payload, 'author') ?? '?'} → ${text(payload, 'recipient') ?? '?'}`;
	return alone({...said('agent', null, content), phase: route});
};

const reasoning = (payload: Json): Reading => {
	const parts = objects(payload, 'summary').flatMap(part => text(part, 'text') ?? []);
	const raw = contentOf(payload['content']).texts;
	const shown = parts.length > 0 ? parts : raw;
	const body: ReasoningBody = {
		kind: 'reasoning',
		text: shown.join('\n\n'),
		parts: shown,
		encrypted: typeof payload['encrypted_content'] === 'string',
	};
	return {
		body,
		join: {as: 'said', source: 'item', channel: 'reasoning', id: text(payload, 'id'), texts: shown},
	};
};

const toolSearch = (payload: Json): Reading => {
	const input = object(payload, 'arguments');
	return call({
		...completeCall('other', 'tool_search', {
			callId: text(payload, 'call_id') ?? text(payload, 'id'),
			command: text(input, 'query'),
			arguments: toJson(payload['arguments'] ?? null),
		}),
		status: 'open',
	});
};

const toolSearchOutput = (payload: Json): Reading =>
	result(
		plainResult(text(payload, 'call_id'), {
			tool: 'other',
			name: 'tool_search',
			output: objects(payload, 'tools')
				.map(tool => toJson(tool))
				.join('\n'),
			isModelOutput: true,
			status: text(payload, 'status') === 'failed' ? 'failed' : 'completed',
		}),
	);

const webSearch = (payload: Json): Reading => {
	const action = object(payload, 'action');
	const id = text(payload, 'id');
	return call(
		completeCall('web-search', text(action, 'type') ?? 'web_search', {
			callId: id,
			command: searchSubject(action),
			arguments: toJson(action),
			status: text(payload, 'status') === 'failed' ? 'failed' : 'completed',
		}),
	);
};

const imageGeneration = (payload: Json): Reading => {
	const image = text(payload, 'result');
	return call(
		completeCall('other', 'image_generation', {
			callId: text(payload, 'id'),
			command: text(payload, 'revised_prompt'),
			images: image ? [imagePlaceholder(`data:image/png;base64,${image}`)] : [],
			status: text(payload, 'status') === 'failed' ? 'failed' : 'completed',
		}),
	);
};

const compaction = (): Reading => ({
	body: {kind: 'compaction', text: ''},
	join: {as: 'echo', family: 'compaction', source: 'item'},
});

const snapshot = (payload: Json): Reading => {
	const commit = object(payload, 'ghost_commit');
	const files = texts(commit, 'preexisting_untracked_files').length;
	return alone({kind: 'snapshot', text: `commit ${text(commit, 'id') ?? 'unknown'}, ${files} untracked files`});
};
