/*
Text that Codex puts into a conversation by itself, marked so in format reference section 11.
A message part that is such a block is context, never a prompt.
*/

/** Opening markers whose block ends with the matching closing tag. */
const blocks = new Set([
	'environment_context',
	'user_instructions',
	'skill',
	'user_shell_command',
	'turn_aborted',
	'subagent_notification',
	'codex_internal_context',
	'goal_context',
	'extension_context',
	'hook_prompt',
	'user_action',
	'heartbeat',
	'permissions instructions',
	'collaboration_mode',
	'skills_instructions',
	'plugins_instructions',
	'apps_instructions',
	'environments_instructions',
	'tools',
	'model_switch',
	'personality_spec',
	'multi_agent_mode',
	'multi_agent_role',
	'realtime_conversation',
	'context_window',
	'context_window_guidance',
	'recommended_plugins',
]);

const openingTag = /^<([a-z_][\w]*(?: instructions)?)(?:\s[^>]*)?>/i;

const legacyWarnings = [
	'warning: apply_patch was requested via ',
	'warning: the maximum number of unified exec',
	'warning: your account was flagged',
];

const compactionSummary = 'another language model started to solve this problem';

/** Name of the injected block that this text is, or null for what somebody wrote. */
export const contextName = (text: string): string | null => {
	const trimmed = text.trim();
	if (trimmed.startsWith('<')) {
		const name = openingTag.exec(trimmed)?.[1]?.toLowerCase();
		if (name === undefined || !(blocks.has(name) || name.startsWith('external_'))) {
			return null;
		}

		// `<heartbeat>` has no closing marker.
		return name === 'heartbeat' || trimmed.toLowerCase().endsWith(`</${name}>`) ? name : null;
	}

	const beginning = trimmed.slice(0, 200).toLowerCase();
	// A notice about replaced instructions may stand before the heading.
	if (
		beginning.includes('agents.md') &&
		/^(?:[^\n]*\n+)?# agents\.md instructions/.test(beginning) &&
		trimmed.toLowerCase().endsWith('</instructions>')
	) {
		return 'AGENTS.md';
	}

	if (legacyWarnings.some(warning => beginning.startsWith(warning))) {
		return 'warning';
	}

	return beginning.startsWith(compactionSummary) ? 'compaction summary' : null;
};

const requestHeading = '## My request for Codex:';

/**
What was typed, without the editor context that an IDE extension puts in front of it
(format reference section 11).
*/
export const typedText = (text: string): string => {
	const heading = text.indexOf(requestHeading);
	return heading === -1 ? text : text.slice(heading + requestHeading.length).trim();
};

/** How a prompt begins that a prompt file was expanded to: what was typed behind its name stands in the block. */
const expanded =
	/^\s*## User Input\s+```\w*\n([\s\S]*?)```\s*(?:You \*\*MUST\*\* consider the user input[^\n]*\s+)?(?:## Outline\s+)?/;

/** What tells a prompt from others: what was typed, or else what the prompt file says beyond its preamble. */
export const tellingText = (text: string): string => {
	const typed = typedText(text);
	const match = expanded.exec(typed);
	return match === null ? typed : match[1]?.trim() || typed.slice(match[0].length);
};

/** The plan that an answer is, between its marks and nothing besides; null for any other answer. */
export const planInside = (text: string): string | null =>
	text.startsWith('<proposed_plan>')
		? (/^<proposed_plan>([\s\S]*)<\/proposed_plan>\s*$/.exec(text)?.[1]?.trim() ?? null)
		: null;

/** The summary that a compaction's message holds, without the sentences that Codex puts before it. */
export const summaryText = (text: string): string => {
	const framing = text.slice(0, 600);
	const end = framing.toLowerCase().startsWith(compactionSummary) ? framing.indexOf(':\n') : -1;
	return end === -1 ? text : text.slice(end + 2);
};

/** Path that the marker before an attached image names; null for any other text. */
export const attachmentPath = (text: string): string | null =>
	/^\s*<image\b[^>]*\bpath="([^"]*)"/i.exec(text)?.[1] ?? null;

/** The markers around an attached image or sound file. */
export const isAttachmentTag = (text: string): boolean => /^\s*<\/?(?:image|audio)\b[^>]*>\s*$/i.test(text);
