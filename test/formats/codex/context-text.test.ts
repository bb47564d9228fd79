import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	contextName,
	isAttachmentTag,
	summaryText,
	tellingText,
	typedText,
} from '../../../source/formats/codex/context-text.js';
import {processorTime} from '../../helpers/processor-time.js';

/** Format reference section 11: how a block begins, how it ends, what it is called. */
const rows: [start: string, end: string, name: string][] = [
	...[
		'environment_context',
		'user_instructions',
		'skill',
		'user_shell_command',
		'turn_aborted',
		'subagent_notification',
		'goal_context',
		'extension_context',
		'user_action',
		'external_weather',
		'external_issue_tracker',
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
		'realtime_conversation',
		'context_window',
		'context_window_guidance',
	].map((name): [string, string, string] => [`<${name}>`, `</${name}>`, name]),
	['<codex_internal_context source="goal">', '</codex_internal_context>', 'codex_internal_context'],
	['<hook_prompt hook_run_id="run-1">', '</hook_prompt>', 'hook_prompt'],
	['# AGENTS.md instructions for /home/mira/tides', '</INSTRUCTIONS>', 'AGENTS.md'],
	['Your instructions were replaced.\n\n# AGENTS.md instructions', '</INSTRUCTIONS>', 'AGENTS.md'],
];

for (const [start, end, name] of rows) {
	const block = `${start}\n  High water is at 14:20.\n${end}`;
	test(`${start} is context`, () => {
		assert.equal(contextName(block), name);
		assert.equal(contextName(` \n\t${block}\n\n`), name);
		assert.equal(contextName(block.toUpperCase()), name);
		assert.equal(contextName(block.toLowerCase()), name);
	});

	test(`${start} without its end is something typed`, () => {
		assert.equal(contextName(`${start}\n  High water is at 14:20.`), null);
		assert.equal(contextName(`${block}\nWhat does this mean?`), null);
		assert.equal(contextName(`What does this mean?\n${block}`.replace('# AGENTS', 'AGENTS')), null);
	});
}

const openEnded: [text: string, name: string][] = [
	['<heartbeat>\nCheck the tide tables', 'heartbeat'],
	['Warning: apply_patch was requested via shell. Use the tool instead.', 'warning'],
	['Warning: The maximum number of unified exec sessions is 60', 'warning'],
	['Warning: Your account was flagged for something', 'warning'],
	['Another language model started to solve this problem and left a summary', 'compaction summary'],
];

for (const [text, name] of openEnded) {
	test(`${text.slice(0, 30)} has no closing marker`, () => {
		assert.equal(contextName(text), name);
		assert.equal(contextName(`\n ${text.toUpperCase()} \n`), name);
	});
}

const typed = [
	'',
	'When is high water?',
	'<div>Why is this red?</div>',
	'<environment_contexts></environment_contexts>',
	'Warning: the tide is rising',
	'Another language is needed',
	'# AGENTS.md instructions are unclear to me',
	'Look at </environment_context>',
	'<external>x</external>',
	'< skill>x</skill>',
];

for (const text of typed) {
	test(`"${text}" is something typed`, () => {
		assert.equal(contextName(text), null);
	});
}

test('a hostile opening tag takes linear time', () => {
	const began = processorTime();
	assert.equal(contextName(`<skill ${' '.repeat(1_000_000)}`), null);
	assert.equal(contextName(`<skill${'\n# agents'.repeat(100_000)}`), null);
	assert.ok(processorTime() - began < 5000);
});

const ide = '# Context from my IDE setup:\n\n## Open tabs:\n- tides.ts\n\n## My request for Codex:\n';

const prompts: [name: string, text: string, expected: string][] = [
	['text without a heading stays as it is', '  When is high water?\n', '  When is high water?\n'],
	['editor context is cut off', `${ide}When is high water?\n`, 'When is high water?'],
	[
		'the first heading counts',
		`${ide}Explain\n## My request for Codex:\nthis`,
		'Explain\n## My request for Codex:\nthis',
	],
	['nothing may follow the heading', ide, ''],
	['the heading may be all there is before it', '## My request for Codex: go', 'go'],
];

for (const [name, text, expected] of prompts) {
	test(name, () => {
		assert.equal(typedText(text), expected);
	});
}

const rest =
	'You **MUST** consider the user input before proceeding (if not empty).\n\n## Outline\n\nYou are charting tides.';

const telling: [name: string, text: string, expected: string][] = [
	['a prompt tells itself', 'When is high water?', 'When is high water?'],
	['editor context tells nothing', `${ide}When is high water?\n`, 'When is high water?'],
	[
		'what was typed tells an expanded prompt file',
		`\n## User Input\n\n\`\`\`text\nChart \`Brest\`.\n\`\`\`\n\n${rest}`,
		'Chart `Brest`.',
	],
	[
		'a prompt file without it tells what it is for',
		`## User Input\n\n\`\`\`text\n\n\`\`\`\n\n${rest}`,
		'You are charting tides.',
	],
	['a block of another form stays', '## User Input\n\nnone', '## User Input\n\nnone'],
];

for (const [name, text, expected] of telling) {
	test(name, () => {
		assert.equal(tellingText(text), expected);
	});
}

test('a summary is told without the sentences before it', () => {
	const framing = 'Another language model started to solve this problem. Use this: it helps. Here is its summary:\n';
	assert.equal(summaryText(`${framing}The chart: done.\nNext: Brest.`), 'The chart: done.\nNext: Brest.');
	assert.equal(summaryText('Summary:\nSo far so good.'), 'Summary:\nSo far so good.');
	assert.equal(
		summaryText('Another language model started to solve this problem'),
		'Another language model started to solve this problem',
	);
});

const tags: [text: string, expected: boolean][] = [
	['<image name=[Image #1] path="/home/mira/chart.png">', true],
	['<image>', true],
	['</image>', true],
	[' </IMAGE>\n', true],
	['<audio name="call.wav">', true],
	['</audio>', true],
	['<images>', false],
	['<image> what is this?', false],
	['[Image #1]', false],
	['', false],
];

for (const [text, expected] of tags) {
	test(`${JSON.stringify(text)} is ${expected ? 'a' : 'no'} marker of an attachment`, () => {
		assert.equal(isAttachmentTag(text), expected);
	});
}
