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
	sampleRollouts,
	tokenCount,
	turnContext,
	usage,
} from '../helpers/rollout.js';
import {idOf, logName, retold} from '../ingest/home.js';
import {hostileTexts} from '../text/hostile.js';
import type {Place} from './program.js';

const exec = (command: string, output: string, code: number, at: number): string[] => [
	item(functionCall('exec_command', {cmd: command}, `call-${at}`), at),
	item(
		functionOutput(`call-${at}`, `Wall time: 0.2500 seconds\nProcess exited with code ${code}\nOutput:\n${output}`),
		at + 1,
	),
];

export const lampPatch = `*** Begin Patch
*** Update File: source/lamp.ts
@@ export const lamp
-	period: 10,
+	period: 12,
*** Add File: docs/lamp.md
+# The lamp
*** End Patch`;

/** The newest session: one of each thing that people look at, in two prompts. */
const lighthouse = (id: string): string[] => [
	meta({id, cwd: '/home/mira/lighthouse', git: {branch: 'lamp', commit_hash: 'c0ffee'}}),
	turnContext({cwd: '/home/mira/lighthouse'}, 1),
	...askedTwice('Turn the lighthouse lamp slower', 2),
	event('agent_reasoning', {text: '**Looking for the period**'}, 3),
	item(reasoning(['**Looking for the period**']), 3),
	...exec('rg period source', 'source/lamp.ts:3: period: 10', 0, 4),
	item(functionCall('update_plan', {plan: [{step: 'Change the period', status: 'in_progress'}]}, 'call-plan'), 6),
	item(functionOutput('call-plan', 'Plan updated'), 6),
	item(customCall('apply_patch', lampPatch, 'call-patch'), 7),
	item(customOutput('call-patch', '{"output":"Success.","metadata":{"exit_code":0,"duration_seconds":0.1}}'), 8),
	...exec('npm test', 'not ok 1 - the lamp turns in ten seconds', 1, 9),
	tokenCount(usage(4000, 1000, 200), usage(4000, 1000, 200), 11),
	...answeredTwice('The lamp now turns in **twelve** seconds.', 12),
	...legacyTurn('Write down why the lamp turns slower', 'It is written down.', 20, 9000),
];

export const wideTitle = '灯台のランプを直してください 🗼 そして霧笛も';

const wide = (id: string): string[] => [
	meta({id, cwd: '/home/mira/霧笛'}),
	...legacyTurn(wideTitle, '直しました。👩‍👩‍👧‍👦 🇯🇵 ❤️ 完了です。', 1, 500),
];

/** A prompt with a text in every kind of line: thought, command, output, call, patch, unknown event, answer. */
const mischief = (text: string, index: number): string[] => {
	const at = index * 10;
	const patch = `*** Begin Patch\n*** Add File: ${text}\n+${text}\n*** End Patch`;
	return [
		...askedTwice(index === 0 ? `Hostile ${text}` : text, at + 2),
		event('agent_reasoning', {text}, at + 3),
		...exec(text, text, 1, at + 4),
		item(functionCall(text, {text}, `call-odd-${index}`), at + 6),
		item(customCall('apply_patch', patch, `call-patch-${index}`), at + 6),
		event(text, {text}, at + 7),
		...answeredTwice(text, at + 8),
	];
};

/** Everything that could steer a terminal, wherever a log has room for text; the last prompt has all of it. */
const hostile = (id: string): string[] => [
	meta({
		id,
		cwd: '/tmp/\u001B]0;owned\u0007\u001B[31m',
		originator: '\u001B[2J',
		cli_version: '\u009B2J',
		git: {branch: '\u001B[8mhidden\u202E', repository_url: 'https://example.invalid/\u001B[5m'},
	}),
	turnContext({model: '\u001B]52;c;ZXZpbA==\u0007model', effort: '\u001B[?1049l'}, 1),
	...[...hostileTexts, hostileTexts.join('\n')].flatMap(mischief),
];

const crew = (id: string, parent: string): string[] => [
	meta({id, source: {subagent: {thread_spawn: {parent_thread_id: parent, depth: 1, agent_nickname: 'gull'}}}}),
	...legacyTurn('Count the gulls on the railing', 'Seven.', 1, 300),
];

const damaged = (id: string): (string | Buffer)[] => [
	meta({id}),
	...legacyTurn('Read the damaged logbook', 'I did.', 1, 100),
	'{"timestamp":"2026-02-03T10:00:09.000Z","type":"event_msg","payload":{"type":',
	Buffer.from([0xff, 0xfe, 0x00, 0x1b, 0x5b, 0x32, 0x4a]),
	...answeredTwice('Half of it was wet.', 30),
];

/** About ten thousand lines with a prompt in every hundred. */
export const longLog = (id: string, lines = 10_000): string[] => [
	meta({id, cwd: '/home/mira/logbook'}),
	...Array.from({length: Math.ceil(lines / 100)}, (_, prompt) => [
		...askedTwice(`Copy page ${prompt + 1} of the logbook`, prompt * 60),
		...Array.from({length: 32}, (_, index) => [
			...exec(`sed -n ${index}p page-${prompt + 1}.txt`, `line ${index}`, 0, prompt * 60 + index),
			event('token_count', {info: null, rate_limits: null}, prompt * 60 + index),
		]).flat(),
		...answeredTwice(`Page ${prompt + 1} is copied.`, prompt * 60 + 50),
	]).flat(),
];

const eras = {
	'era A document': '2025-05-01',
	'era B bare lines': '2025-07-02',
	'era C legacy': '2025-10-03',
	'era C with turn markers': '2025-12-04',
	'era D paginated': '2026-01-05',
};

/** Fills a home with invented sessions of every era and every mischief; the lighthouse is the newest. */
export const fillHome = (place: Place): void => {
	const samples = sampleRollouts();
	for (const [index, [era, day]] of Object.entries(eras).entries()) {
		const id = idOf(index + 1);
		const name = era === 'era A document' ? `sessions/rollout-${day}-${id}.json` : logName(id, day);
		place.write(name, retold(samples[era] as Buffer, id, day));
	}

	const newer: [number, string, (id: string) => (string | Buffer)[]][] = [
		[10, '2026-02-10', longLog],
		[11, '2026-02-11', damaged],
		[12, '2026-02-12', hostile],
		[13, '2026-02-13', wide],
		[14, '2026-02-14', id => crew(id, idOf(15))],
		[15, '2026-02-15', lighthouse],
	];
	for (const [number, day, make] of newer) {
		const id = idOf(number);
		const bytes = rolloutOf(make(id));
		place.write(logName(id, day), Buffer.from(bytes.toString('latin1').replaceAll('2026-02-03', day), 'latin1'));
	}

	place.write(
		'session_index.jsonl',
		`${JSON.stringify({id: idOf(11), thread_name: 'Wet \u001B[31mlogbook\u0007', updated_at: '2026-02-11T11:00:00Z'})}\n`,
	);
	place.write(
		`sessions/\u001B[31mred/rollout-2026-02-08T10-00-00-${idOf(9)}.jsonl`,
		rolloutOf([
			meta({id: idOf(9)}),
			...legacyTurn('A log in a folder with a painted name', 'Indeed.', 1, 50),
			envelope('event_msg', {type: 'unheard \u001B[2J of'}, 9),
		]),
	);
};

/** Copies of one long session under other names and days: `count` files of about 2.5 MB. */
export const fillBigHome = (place: Place, count: number): void => {
	const text = rolloutOf(longLog(idOf(1))).toString('latin1');
	for (let number = 0; number < count; number++) {
		const id = idOf(100 + number);
		const day = `2026-01-${String(1 + (number % 28)).padStart(2, '0')}`;
		const own = text.replaceAll(idOf(1), id).replaceAll('2026-02-03', day).replaceAll('page', `page ${number}.`);
		place.write(logName(id, day), Buffer.from(own, 'latin1'));
	}
};
