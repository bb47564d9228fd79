import {platformFolders} from '../../config/folders.js';
import type {RuleFolders} from '../../config/read-redaction-rules.js';
import type {resolveSettings} from '../../config/settings.js';
import type {Output} from '../output.js';
import type {Terminal} from '../progress-line.js';
import type {Services} from '../services.js';

/** What the actions of `redactions` work with. */
export type RedactionsSurroundings = {
	stdout: Output;
	stderr: Output;
	terminal: Terminal;
	services: Services;
	stdin?: () => AsyncIterable<Uint8Array>;
	resolve?: typeof resolveSettings;
	ruleFolders?: RuleFolders;
};

export type RedactionsRequest = {
	/** What follows the action. */
	words: readonly string[];
	flags: Readonly<Record<string, unknown>>;
	/** Files named with `--rules`. */
	named: readonly string[];
	folders: RuleFolders;
};

/** Everything that `redactions` can do. Answers the exit code. */
export const redactionsCommand = async (
	action: string,
	{words, flags}: Pick<RedactionsRequest, 'words' | 'flags'>,
	surroundings: RedactionsSurroundings,
): Promise<number> => {
	const named = Array.isArray(flags['rules']) ? (flags['rules'] as string[]) : [];
	const request = {words, flags, named, folders: surroundings.ruleFolders ?? platformFolders()};
	switch (action) {
		case 'filter':
			return (await import('./filter-input.js')).filterInput(request, surroundings);
		case 'scan':
			return (await import('./scan-command.js')).scanCommand(request, surroundings);
		case 'test':
			return (await import('./test-rules.js')).testRules(request, surroundings);
		case 'add':
			return (await import('./add-decision.js')).addDecision(request, surroundings);
		case 'remove':
		case 'confirm':
			return (await import('./change-decisions.js')).changeDecision(action, request, surroundings);
		case 'undo':
			return (await import('./change-decisions.js')).undoDecision(request, surroundings);
		case 'audit':
			return (await import('./audit-command.js')).auditCommand(request, surroundings);
		default:
			return (await import('./list-rules.js')).listRules(request, surroundings);
	}
};
