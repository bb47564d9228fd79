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
	legacyTurn,
	meta,
	reasoning,
	rolloutOf,
	tokenCount,
	turnContext,
	usage,
} from '../helpers/rollout.js';
import {idOf, logName} from '../ingest/home.js';
import type {Canaries} from './canaries.js';

export const mainId = idOf(1);
export const forkId = idOf(2);
export const crewId = idOf(3);
export const historyId = idOf(4);

/** A command and what it put out. */
const exec = (command: string, output: string, at: number): string[] => [
	item(functionCall('exec_command', {cmd: command}, `call-${at}`), at),
	item(
		functionOutput(`call-${at}`, `Wall time: 0.2500 seconds\nProcess exited with code 1\nOutput:\n${output}`),
		at + 1,
	),
];

const painted = (text: string): string => `\u001B[32m${text}\u001B[0m`;

/** A prompt in which a value stands alone, before and after the one place that names it. */
const namedOnce = (plant: Canaries['plant'], at: number): string[] => {
	const before = plant('bare before it is named', '<A28>');
	const after = plant('bare after it was named', '<w24>');
	return [
		...askedTwice(`Why does the lock refuse ${before} at night?`, at),
		...exec(`./unlock ${before}`, `tried ${before}\nno luck`, at + 1),
		...answeredTwice(`The lock does not know ${before}.`, at + 3),
		...askedTwice('Read the settings', at + 10),
		...exec('cat .env', `LOCK_PASSWORD=${before}\nBELL_SECRET_KEY=${after}\nPORT=8080`, at + 11),
		...answeredTwice(`The bell is rung with ${after} then.`, at + 13),
		...exec(`ring --with ${after}`, `rang ${after} twice`, at + 14),
	];
};

const firstTurn = (plant: Canaries['plant']): string[] => [
	...askedTwice(
		`Deploy the tides with ${plant('first prompt', 'ghp_<A36>')} and DB_PASSWORD=${plant('first prompt, named', '<A20>')}, ask ${plant('mail in the first prompt', 'mira.<a8>')}@tideworks.dev`,
		2,
	),
	event('agent_reasoning', {text: `**Using ${plant('reasoning', 'glpat-<A20>')}**`}, 3),
	item(reasoning([`**Using ${plant('reasoning', 'glpat-<A20>')}**`]), 3),
	item(
		functionCall(
			'update_plan',
			{
				explanation: `The old one was client_secret: "${plant('explanation of a plan', '<A32>')}"`,
				plan: [{step: `Store npm_token ${plant('plan step', 'npm_<A36>')}`, status: 'in_progress'}],
			},
			'call-plan',
		),
		4,
	),
	item(functionOutput('call-plan', 'Plan updated'), 4),
	...exec(
		`curl -H "Authorization: Bearer ${plant('header in a command', '<A40>')}" https://api.example.com`,
		JSON.stringify({body: JSON.stringify({api_key: plant('JSON in JSON in an output', '<A32>')})}),
		5,
	),
	...exec(
		`PGPASSWORD=${plant('variable of a command', '<A18>')} psql`,
		`${painted('DB_SECRET')}=${painted(plant('coloured output', '<A22>'))}\n${coloured(plant('colours inside a token', 'ghs_<A36>'))}`,
		7,
	),
	...exec('fold -w 20 token', folded(plant('broken over lines', 'ghp_<A36>')), 9),
	...exec(
		'cat secret.yaml',
		`data:\n  password: ${Buffer.from(plant('value in base64', '<A24>')).toString('base64')}\n` +
			Buffer.from(`STRIPE_SECRET_KEY=${plant('line in base64', 'sk_live_<A24>')}\n`).toString('base64'),
		11,
	),
	...exec(
		'cat id_ed25519',
		`-----BEGIN OPENSSH PRIVATE KEY-----\n${plant('private key', '<b70>')}\n${plant('second line of a private key', '<b70>')}\n-----END OPENSSH PRIVATE KEY-----`,
		13,
	),
	item(
		functionCall('lookup', {api_token: plant('arguments for an MCP tool', '<A30>')}, 'call-mcp', {
			namespace: 'mcp__harbours__',
		}),
		15,
	),
	event(
		'mcp_tool_call_end',
		{
			call_id: 'call-mcp',
			invocation: {
				server: 'harbours',
				tool: 'lookup',
				arguments: {api_token: plant('arguments for an MCP tool', '<A30>')},
			},
			duration: {secs: 0, nanos: 5_000_000},
			result: {
				Ok: {
					content: [
						{type: 'text', text: `postgres://tides:${plant('answer of an MCP tool', '<A22>')}@db.example.com/tides`},
					],
				},
			},
		},
		16,
	),
	item(
		functionOutput('call-mcp', `postgres://tides:${plant('answer of an MCP tool', '<A22>')}@db.example.com/tides`),
		16,
	),
	item(
		customCall(
			'apply_patch',
			`*** Begin Patch\n*** Add File: config/${plant('name of a patched file', 'ghp_<A36>')}.ts\n+export const apiSecret = '${plant('patched line', '<A32>')}';\n*** End Patch`,
			'call-patch',
		),
		17,
	),
	item(customOutput('call-patch', '{"output":"Success.","metadata":{"exit_code":0,"duration_seconds":0.1}}'), 18),
	item(
		functionCall('view_image', {path: `/srv/shots/${plant('path of a picture', 'ghs_<A36>')}.png`}, 'call-view'),
		19,
	),
	event(
		'web_search_end',
		{
			call_id: 'ws-1',
			query: `who leaked ${plant('web search', 'AKIA<B16>')}`,
			action: {type: 'search', query: `who leaked ${plant('web search', 'AKIA<B16>')}`},
		},
		21,
	),
	event('error', {message: `401 for api_key=${plant('error', '<A34>')}`}, 22),
	event('warning', {message: `expired: Bearer ${plant('warning', '<A44>')}`}, 22),
	event('weather', {station: 'Brest', password: plant('unknown kind of line', '<A26>')}, 23),
	event(plant('name of an unknown kind', 'ghp_<A36>'), {station: 'Brest'}, 23),
	item(functionCall(`ask_${plant('name of a tool', 'ghp_<A36>')}`, {query: 'tides'}, 'call-odd'), 24),
	event('patch_apply_begin', {call_id: 'none', token: plant('line of no interest', 'glpat-<A20>')}, 24),
	envelope('compacted', {message: `So far: MAIL_PASSWORD=${plant('compaction', '<A21>')}`}, 25),
	event('turn_aborted', {turn_id: 'turn-a', reason: `key ${plant('reason of an abort', 'sk_live_<A24>')}`}, 25),
	event(
		'task_complete',
		{turn_id: 'turn-a', error: {message: `bad token ${plant('error of a turn', 'ghp_<A36>')}`}},
		25,
	),
	tokenCount(usage(4000, 1000, 200), usage(4000, 1000, 200), 26),
	...answeredTwice(`Set aws_secret_access_key = ${plant('answer', '<b40>')} and go on.`, 27),
];

const coloured = (token: string): string =>
	`${token.slice(0, 14)}\u001B[1m${token.slice(14, 26)}\u001B[0m${token.slice(26)}`;

const folded = (token: string): string => token.match(/.{1,20}/g)?.join('\n') ?? '';

const damage = (plant: Canaries['plant']): (string | Buffer)[] => [
	`{"timestamp":"2026-02-03T10:01:00.000Z","type":"event_msg","payload":{"type":"user_message","password":"${plant('damaged line', '<A24>')}","x":`,
	Buffer.from(`\u0000\u0001 GITHUB_TOKEN=${plant('line that is no JSON', 'ghp_<A36>')}`),
];

const mainSession = (plant: Canaries['plant']): (string | Buffer)[] => [
	meta({
		id: mainId,
		cwd: `/srv/builds/${plant('folder', 'ghp_<A36>')}/tides`,
		originator: `client_${plant('originator', 'glpat-<A20>')}`,
		cli_version: `0.98.0+${plant('version', 'ghp_<A36>')}`,
		base_instructions: {text: `Log in with password "${plant('instructions', '<A23>')}"`},
		git: {
			branch: `fix/${plant('branch', 'ghp_<A36>')}`,
			commit_hash: 'c0ffee',
			repository_url: `https://oauth2:${plant('remote', '<A26>')}@git.example.com/mira/tides.git`,
		},
	}),
	turnContext({cwd: '/srv/tides', model: `tide-${plant('model', 'glpat-<A20>')}`}, 1),
	...firstTurn(plant),
	...damage(plant),
	...namedOnce(plant, 60),
	event(
		'user_message',
		{
			message: `And the last: token=${plant('last prompt', '<A33>')}`,
			images: [`https://cdn.example.com/tide.png?access_token=${plant('address of a picture', '<A36>')}`],
			local_images: [`/srv/shots/${plant('path of a sent picture', 'glpat-<A20>')}.png`],
		},
		90,
	),
	...answeredTwice('Done.', 91),
];

export type SeededFile = {name: string; bytes: Buffer};

/** The logs of a session, a fork, a sub-agent and a history, with values wherever a log has room for words. */
export const seededFiles = ({plant}: Canaries): SeededFile[] => {
	const main = rolloutOf(mainSession(plant));
	return [
		{name: logName(mainId, '2026-02-03'), bytes: main},
		{
			name: logName(forkId, '2026-02-04'),
			bytes: Buffer.concat([
				rolloutOf([meta({id: forkId, forked_from_id: mainId, cwd: '/srv/tides'})]),
				main,
				rolloutOf([
					...askedTwice(`In the fork: SMTP_PASSWORD=${plant('prompt of a fork', '<A25>')}`, 200),
					...answeredTwice(`Sent with ${plant('prompt of a fork', '<A25>')}.`, 201),
				]),
			]),
		},
		{
			name: `sessions/${plant('folder of a log', 'ghp_<A36>')}/rollout-2026-02-05T10-00-00-${crewId}.jsonl`,
			bytes: rolloutOf([
				meta({
					id: crewId,
					source: {subagent: {thread_spawn: {parent_thread_id: mainId, depth: 1, agent_nickname: 'gull'}}},
				}),
				...legacyTurn(`Count the gulls with GULL_API_KEY=${plant('prompt of a sub-agent', '<A31>')}`, 'Seven.', 1, 300),
				'{"timestamp":"2026-02-05T10:00:00.000Z","type":"event_msg","payload":{"type":',
			]),
		},
		{
			name: 'session_index.jsonl',
			bytes: Buffer.from(
				`${JSON.stringify({id: mainId, thread_name: `Rotate ${plant('name of a thread', 'glpat-<A20>')}`, updated_at: '2026-02-03T11:00:00Z'})}\n`,
			),
		},
		{
			name: 'history.jsonl',
			bytes: Buffer.from(
				`${JSON.stringify({session_id: historyId, ts: 1_770_000_000, text: `export API_TOKEN=${plant('history', '<A35>')}`})}\n`,
			),
		},
	];
};
