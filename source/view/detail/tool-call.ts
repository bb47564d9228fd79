import type {EventBody, Operation, ToolCallBody, ToolKind, ToolStatus} from '../../model/log-event.js';
import {durationLabel} from '../../text/labels.js';
import {plainPath} from '../../text/paths.js';
import type {Row, Tone} from '../../text/span.js';
import {wrapRow} from '../../text/wrap-row.js';
import {argumentRows} from './call-arguments.js';
import {codeRows} from './code.js';
import {diffRows} from './diff.js';
import {imageRows} from './images.js';
import {isJson, jsonRows} from './json.js';
import {below, drawBeside, type Page, styledRow, textRows} from './page.js';
import {parseChange, parsePatch} from './parse-patch.js';
import {planRows} from './plan-steps.js';
import {shellOutputRows} from './shell-output.js';

export const toolTitles: Record<ToolKind, string> = {
	command: 'Command',
	patch: 'Patch',
	plan: 'Plan',
	mcp: 'MCP tool',
	'view-image': 'View image',
	'web-search': 'Web search',
	agent: 'Agent',
	code: 'Code',
	other: 'Tool',
};

/** A shell line as one would type it; further lines stand below the first. */
const commandRows = (command: string, page: Page): Row[] =>
	drawBeside([{text: '$ ', tone: 'tool', bold: true}], [{text: '  '}], page, inner => codeRows(command, 'bash', inner));

const statusWords: Record<ToolStatus, {word: string; tone: Tone}> = {
	completed: {word: 'completed', tone: 'success'},
	failed: {word: 'failed', tone: 'error'},
	declined: {word: 'declined', tone: 'warning'},
	open: {word: 'no result in the log', tone: 'warning'},
};

/** `exit 0 · 2.3s`; without an exit code the status in a word. */
const statusRows = (
	call: {exitCode: number | null; durationMs: number | null; status?: ToolStatus},
	page: Page,
): Row[] => {
	const {word, tone} = statusWords[call.status ?? 'completed'];
	const hasExit = call.exitCode !== null;
	const outcome = hasExit && call.status !== 'declined' ? `exit ${call.exitCode}` : call.status ? word : '';
	const duration = durationLabel(call.durationMs);
	if (outcome === '' && duration === '') {
		return [];
	}

	const outcomeTone: Tone = hasExit && call.status !== 'declined' ? (call.exitCode === 0 ? 'success' : 'error') : tone;
	const text = outcome !== '' && duration !== '' ? ` · ${duration}` : duration;
	return wrapRow([...styledRow(outcome, {tone: outcomeTone}), ...styledRow(text, {tone: 'dim'})], page.width);
};

const scriptOf = (call: ToolCallBody): string | null =>
	call.arguments !== null && !isJson(call.arguments) ? call.arguments : call.command;

const patchRows = (call: ToolCallBody, page: Page): Row[] => {
	const changes = call.changes ?? [];
	if (changes.some(change => change.diff !== null)) {
		return diffRows(changes.map(parseChange), page);
	}

	for (const text of [call.arguments, call.command]) {
		const parsed = text === null ? undefined : parsePatch(isJson(text) ? patchInJson(text) : text);
		if (parsed) {
			return diffRows(parsed, page);
		}
	}

	if (changes.length > 0) {
		return diffRows(changes.map(parseChange), page);
	}

	const text = call.arguments ?? call.command;
	return text === null ? [] : jsonRows(text, page);
};

/** Function-style calls wrap the patch in an object. */
const patchInJson = (text: string): string => {
	const value: unknown = JSON.parse(text);
	const texts = typeof value === 'object' && value !== null ? Object.values(value).flat() : [];
	return texts.find(entry => typeof entry === 'string' && entry.includes('*** Begin Patch')) ?? '';
};

/** What was asked for. */
const requestRows = (call: ToolCallBody, page: Page): Row[] => {
	switch (call.tool) {
		case 'command': {
			return call.command === null ? [] : commandRows(call.command, page);
		}

		case 'patch': {
			return patchRows(call, page);
		}

		case 'plan': {
			const steps = planRows(call.steps ?? [], page);
			const explanation = call.explanation ? textRows(call.explanation, page) : [];
			return explanation.length > 0 && steps.length > 0 ? [...explanation, [], ...steps] : [...explanation, ...steps];
		}

		case 'code': {
			const script = scriptOf(call);
			return script === null ? [] : codeRows(script, 'javascript', page);
		}

		case 'view-image': {
			return call.command === null ? [] : wrapRow([{text: plainPath(call.command)}], page.width, 2);
		}

		default: {
			return call.command === null ? [] : textRows(call.command, page);
		}
	}
};

const outputRows = (output: string, tool: ToolKind, page: Page): Row[] => {
	if (output.trim() === '') {
		return [[{text: '(no output)', tone: 'dim'}]];
	}

	return tool !== 'command' && isJson(output) ? jsonRows(output, page) : shellOutputRows(output, page);
};

const operationRows = (operation: Operation, page: Page): Row[] => {
	const rows: Row[] = [];
	if (operation.command === null) {
		rows.push(...textRows(`${toolTitles[operation.tool]} ${operation.name}`, page, 'tool'));
	} else if (operation.tool === 'command') {
		rows.push(...commandRows(operation.command, page));
	} else {
		rows.push(...textRows(`${operation.name} ${operation.command}`, page, 'tool'));
	}

	rows.push(...statusRows(operation, page));
	if (operation.changes && operation.changes.length > 0) {
		rows.push(...diffRows(operation.changes.map(parseChange), below(page, rows)));
	}

	if (operation.output !== null && operation.output.trim() !== '') {
		rows.push(...outputRows(operation.output, operation.tool, below(page, rows)));
	}

	return rows;
};

/** A command that the person typed: it is drawn like one of the agent's. */
export const userCommandRows = (
	{command, output, exitCode, durationMs}: Extract<EventBody, {kind: 'user-command'}>,
	page: Page,
): Row[] => {
	const status: ToolStatus = exitCode === null ? 'open' : exitCode === 0 ? 'completed' : 'failed';
	const call = {kind: 'tool-call', tool: 'command', name: '', callId: null, arguments: null, status} as const;
	return toolCallRows({...call, command, output, exitCode, durationMs}, page);
};

/** A tool call below its header: request, arguments that the request does not show, status, operations, result. */
export const toolCallRows = (call: ToolCallBody, page: Page): Row[] => {
	const rows: Row[] = [];
	const addPart = (draw: (page: Page) => Row[]) => {
		const part = draw(below(page, rows));
		if (part.length > 0) {
			if (rows.length > 0) {
				rows.push([]);
			}

			rows.push(...part);
		}
	};

	addPart(left => requestRows(call, left));
	addPart(left => argumentRows(call, left));
	addPart(left => statusRows(call, left));
	for (const operation of call.operations ?? []) {
		if (rows.length >= page.maxRows) {
			break;
		}

		addPart(left => operationRows(operation, left));
	}

	if (call.output !== null) {
		addPart(left => outputRows(call.output ?? '', call.tool, left));
	}

	addPart(left => imageRows(call.images, left));
	return rows;
};
