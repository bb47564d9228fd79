import type {FileChange, LogEvent, ToolCallBody} from '../model/log-event.js';
import type {Prompt} from '../model/session.js';
import {bytesLabel, clockLabel, dateTimeLabel, durationLabel, exactCountLabel} from '../text/labels.js';
import {plainText} from '../text/sanitize.js';
import type {Output} from './output.js';

/** A heading with a rule below it. */
export const writeHeading = async (output: Output, text: string): Promise<void> => {
	await output.writeLine(`${text}\n${'='.repeat(Math.min(text.length, 78))}\n`);
};

export const writePromptHeading = async (output: Output, prompt: Prompt): Promise<void> => {
	const notes = [
		prompt.state === 'live' ? '' : prompt.state,
		prompt.images.length === 0 ? '' : `${prompt.images.length} ${prompt.images.length === 1 ? 'image' : 'images'}`,
		prompt.usage.totalTokens === 0 ? '' : `${exactCountLabel(prompt.usage.totalTokens)} tokens`,
		dateTimeLabel(prompt.startedAt),
	].filter(Boolean);
	await writeHeading(output, [`Prompt ${prompt.index}`, ...notes].join(' · '));
	await output.writeLine(`${plainText(prompt.text).trimEnd()}\n`);
};

/** One event in full: a line that says what it is, then its text, indented. */
export const writeEvent = async (output: Output, event: LogEvent): Promise<void> => {
	const {title, body} = describeEvent(event);
	const clock = clockLabel(event.at);
	await output.writeLine(`[${[String(event.line), clock].filter(Boolean).join(' ')}] ${oneLine(title)}`);
	const text = plainText(body).trimEnd();
	if (text !== '') {
		await output.writeLine(text.replaceAll(/^(?=.)/gm, '  '));
	}

	await output.writeLine();
	if (event.kind === 'review') {
		for (const inner of event.events ?? []) {
			await writeEvent(output, inner);
		}
	}
};

export const oneLine = (text: string): string => plainText(text).replaceAll('\n', ' ');

type Description = {title: string; body: string};

/** What an event is, in a line, and all it holds. */
export const describeEvent = (event: LogEvent): Description => {
	switch (event.kind) {
		case 'message': {
			const images = event.images.map(
				({mediaType, bytes, source}) =>
					`[image ${[mediaType, bytes === null ? null : bytesLabel(bytes), source].filter(Boolean).join(', ')}]`,
			);
			const title = [event.context ?? event.role, event.phase].filter(Boolean).join(', ');
			return {title, body: [event.text, ...images].join('\n')};
		}

		case 'reasoning':
			return {title: 'reasoning', body: event.text || (event.encrypted ? '(encrypted)' : '')};
		case 'tool-call':
			return describeCall(event);
		case 'token-usage': {
			const {inputTokens, cachedInputTokens, outputTokens, reasoningOutputTokens, totalTokens} = event.own;
			const counts = [inputTokens, cachedInputTokens, outputTokens, reasoningOutputTokens, totalTokens];
			const words = ['input', 'cached', 'output', 'reasoning', 'total'];
			return {title: 'token usage', body: counts.map((count, i) => `${words[i]} ${exactCountLabel(count)}`).join(', ')};
		}

		case 'turn-context':
			return {
				title: 'turn settings',
				body: pairs({
					folder: event.cwd,
					model: event.model,
					effort: event.effort,
					approval: event.approvalPolicy,
					sandbox: event.sandbox,
				}),
			};
		case 'session-meta': {
			const {id, cliVersion, originator, cwd, instructions} = event;
			const meta = pairs({id, version: cliVersion, originator, folder: cwd});
			return {title: 'session starts', body: [meta, instructions ?? ''].join('\n')};
		}

		case 'turn-start':
			return {title: 'turn starts', body: ''};
		case 'turn-end':
			return {title: title('turn ends', durationLabel(event.durationMs)), body: event.error ?? ''};
		case 'turn-aborted':
			return {title: title('turn stopped', event.reason), body: ''};
		case 'review':
			return {title: event.entered ? 'review starts' : 'review ends', body: event.text};
		case 'rollback':
			return {title: `rolled back ${event.turns} ${event.turns === 1 ? 'turn' : 'turns'}`, body: ''};
		case 'name':
			return {title: title('named', event.name), body: ''};
		case 'notice':
			return {title: event.level, body: event.text};
		case 'unknown':
			return {title: `unknown line "${event.type}"`, body: event.raw};
		case 'user-command': {
			const {command, output, exitCode, durationMs} = event;
			const result = title(
				'command of the person',
				exitCode === null ? '' : `exit ${exitCode}`,
				durationLabel(durationMs),
			);
			return {title: result, body: [command === null ? '' : `$ ${command}`, output ?? ''].filter(Boolean).join('\n')};
		}

		case 'plan':
		case 'compaction':
		case 'snapshot':
			return {title: event.kind, body: event.text};
	}
};

const describeCall = (call: ToolCallBody): Description => {
	const result = [
		call.exitCode === null ? '' : `exit ${call.exitCode}`,
		durationLabel(call.durationMs),
		call.status === 'completed' ? '' : call.status,
	];
	const operations = (call.operations ?? []).flatMap(({name, command, output, exitCode}) => [
		`- ${[name, command, exitCode === null ? '' : `exit ${exitCode}`].filter(Boolean).join(' · ')}`,
		...(output ? [output] : []),
	]);
	return {
		title: title(call.tool === 'command' ? 'command' : `${call.tool} ${call.name}`, ...result),
		body: [
			call.command === null ? (call.steps || call.changes ? '' : (call.arguments ?? '')) : `$ ${call.command}`,
			...(call.explanation ? [call.explanation] : []),
			...(call.steps ?? []).map(({step, status}) => `[${status}] ${step}`),
			...(call.changes ?? []).map(describeChange),
			...operations,
			call.output ?? '',
		]
			.filter(Boolean)
			.join('\n'),
	};
};

const describeChange = ({path, change, movedTo, diff}: FileChange): string =>
	[`${change} ${path}${movedTo === null ? '' : ` → ${movedTo}`}`, diff ?? ''].filter(Boolean).join('\n');

const title = (...parts: (string | null)[]): string => parts.filter(Boolean).join(' · ');

const pairs = (values: Record<string, string | null>): string =>
	Object.entries(values)
		.filter(([, value]) => value !== null)
		.map(([name, value]) => `${name}: ${value}`)
		.join('\n');
