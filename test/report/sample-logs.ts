import {
	answeredTwice,
	askedTwice,
	customCall,
	customOutput,
	envelope,
	event,
	functionCall,
	functionOutput,
	item,
	meta,
	moment,
	reasoning,
	rolloutOf,
	threadId,
	tokenCount,
	turnContext,
	usage,
} from '../helpers/rollout.js';
import {fromRecipe} from '../helpers/secret-samples.js';

/** Invented values that no report may hold. */
export const secrets = {
	pat: fromRecipe('ghp_<A36>', 4),
	remote: fromRecipe('glpat-<A20>', 5),
	password: fromRecipe('<A28>', 6),
	mail: ['kim', 'tideworks.dev'].join('@'),
};

export const otherId = threadId.replace(/1$/, '2');
export const reviewId = threadId.replace(/1$/, '3');

export const logOf = (id: string): string => `logs/rollout-2026-02-03T10-00-00-${id}.jsonl`;

const execOutput = (output: string, code = 0): string =>
	`Chunk ID: 0a1b2c\nWall time: 0.2500 seconds\nProcess exited with code ${code}\nOutput:\n${output}`;

const patch = [
	'*** Begin Patch',
	'*** Update File: source/tides.ts',
	'@@',
	'-const low = 1;',
	'+const low = 2; // ``` not the end',
	'*** End Patch',
].join('\n');

/** Looks like the end of everything that stands round it. */
const hostile = [
	'# Not a heading',
	'</details></summary><script>alert(1)</script>',
	'[a link](javascript:alert(1)) ![image](http://tracker.example/x.png) <img src=x onerror=alert(1)>',
	'| not | a table |',
	'```js',
	'const fence = "~~~";',
	'```',
	'- an item with `code` and **bold** words',
	'1. first',
	'> quoted & <b>loud</b>',
].join('\n');

/** A session with something of everything, secrets in every field, and a line that cannot be read. */
export const fullLog = rolloutOf([
	meta({
		cwd: '/home/mira/tides',
		git: {
			branch: `fix/${secrets.pat}`,
			commit_hash: '0123456789abcdef0123456789abcdef01234567',
			repository_url: `https://oauth2:${secrets.remote}@git.example.com/kim/tides.git`,
		},
	}),
	turnContext({}, 1),
	...askedTwice(
		`Why is low tide late? Use CLIENT_SECRET=${secrets.password} and ask ${secrets.mail}.\n\n${hostile}`,
		1,
	),
	event('agent_reasoning', {text: '**Reading the tables**\n\nThe second column is local time.'}, 2),
	item(reasoning(['**Reading the tables**\n\nThe second column is local time.']), 2),
	item(functionCall('exec_command', {cmd: `curl -u kim:${secrets.password} localhost | tee '=out.csv'`}, 'call-1'), 3),
	item(functionOutput('call-1', execOutput(`=1+1,"low"\n\`\`\`\n</pre>\n${secrets.pat}\n`, 1)), 4),
	item(
		functionCall(
			'update_plan',
			{
				explanation: 'Two steps',
				plan: [
					{step: 'Read the *tables*', status: 'completed'},
					{step: 'Mend the column', status: 'in_progress'},
					{step: 'Test', status: 'pending'},
				],
			},
			'call-2',
		),
		5,
	),
	item(functionOutput('call-2', 'Plan updated'), 5),
	item(customCall('apply_patch', patch, 'call-3'), 6),
	item(customOutput('call-3', '{"output":"Success. Updated source/tides.ts","metadata":{"exit_code":0}}'), 7),
	tokenCount(usage(12_000, 10_000, 340, 100), usage(12_000, 10_000, 340, 100), 8),
	'{"timestamp":"2026-02-03T10:00:09.000Z","type":"event_msg","payload":{"type":"agent_mess',
	...answeredTwice('Mended:\n\n- `low` is **local** now\n- see `source/tides.ts`\n\n```ts\nconst low = 2;\n```', 9),
	...askedTwice(`And the moonfish? ${'very '.repeat(1200)}long`, 3600),
	item(functionCall('exec_command', {cmd: 'ls quay'}, 'call-4'), 3601),
	item(functionOutput('call-4', execOutput(`${'moonfish '.repeat(700)}end\n`)), 3602),
	tokenCount(usage(13_000, 10_500, 400, 100), usage(1000, 500, 60), 3603),
	...answeredTwice('There are some.', 3604),
]);

/** Another day, with a prompt that was taken back. */
export const otherLog = Buffer.from(
	rolloutOf([
		meta({id: otherId, cwd: '/srv/harbour', timestamp: '2026-02-05T08:00:00.000Z', cli_version: '0.116.0'}),
		event('task_started', {turn_id: 'turn-a'}, 1),
		turnContext({cwd: '/srv/harbour', model: 'gpt-none'}, 1),
		...askedTwice('Paint the lighthouse', 1),
		...answeredTwice('Which colour?', 2),
		tokenCount(usage(900, 0, 30), usage(900, 0, 30), 3),
		event('task_complete', {turn_id: 'turn-a', last_agent_message: 'Which colour?', duration_ms: 2000}, 4),
		event('thread_rolled_back', {num_turns: 1}, 5),
		event('task_started', {turn_id: 'turn-b'}, 6),
		...askedTwice('Paint the lighthouse red', 6),
		event('turn_aborted', {turn_id: 'turn-b', reason: 'interrupted'}, 7),
	])
		.toString()
		.replaceAll(/2026-02-03T10:/g, '2026-02-05T08:'),
);

/** What a reviewer did, which no person began. */
export const reviewLog = rolloutOf([
	meta({id: reviewId, source: {subagent: 'review'}}),
	envelope('turn_context', {cwd: '/home/mira/tides', model: 'gpt-5.2-codex'}, moment(60)),
	item({type: 'message', role: 'assistant', content: [{type: 'output_text', text: 'Nothing to object.'}]}, 61),
]);
