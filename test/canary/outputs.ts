import type {Canaries} from './canaries.js';
import {crewId, forkId, mainId} from './seeded-home.js';

/** A way for words of a log to leave the program. */
export type Output = {
	args: readonly string[];
	/** What its standard output or standard error must have, so that silence is not taken for safety. */
	says: RegExp;
	exitCode?: number;
	/** What the person typed, which stands in the output as it was typed: taken out before the search. */
	typed?: string;
	/** Places of values that may be seen here, see below. */
	maySee?: readonly string[];
	/** The program fails with an error that quotes this, as soon as it writes to its standard output. */
	failsWith?: string;
};

/**
Every command that puts something out, in the order in which they are run on one seeded home. A new command, format or flag
that shows words of a log belongs here; what it writes to files is searched too, databases aside.
*/
export const outputs = ({values}: Canaries): Output[] => {
	const planted = (place: string): string => values.get(place) ?? '';
	const searches = [
		'deploy',
		'password',
		'tides',
		'gulls',
		'PASSWORD OR token',
		'kind:tool-call secret',
		'kind:error api_key',
		'branch:fix',
	];
	return [
		{args: ['ingest', '--verbose'], says: /found, 3 read.*problems/s},
		{args: ['ingest', '--json'], says: /"totals"/},
		{args: ['sessions'], says: /Rotate|tides/},
		{args: ['sessions', '--json'], says: /"sessions":\[/},
		...[mainId, forkId, crewId].flatMap((id): Output[] => [
			{args: ['show', id], says: /REDACTED/},
			{args: ['show', id, '--json'], says: /REDACTED/},
			{args: ['group', id], says: /REDACTED/},
			{args: ['group', id, '-o', `group-${id}.txt`], says: /^Wrote /m},
			...['md', 'html', 'json'].flatMap((format): Output[] => [
				{args: ['report', id, '--format', format, '--mode', 'full'], says: /REDACTED/},
				{args: ['report', id, '--mode', 'full', '-o', `report-${id}.${format}`], says: /^Wrote /m},
			]),
			{args: ['report', id, '--format', 'csv', '--mode', 'full', '-o', `report-${id}`], says: /^Wrote /m},
		]),
		...searches.flatMap((words): Output[] => [
			{args: ['search', words], says: /\S/},
			{args: ['search', words, '--json', '--order', 'best'], says: /"hits":\[/},
		]),
		{args: ['search', 'assword', '--inside-words', '--json'], says: /"hits":\[\n/},
		{args: ['search', 'nlock', '--inside-words'], says: /unlock/},
		// What is typed is repeated as it was typed; that it stands somewhere is not told by any hit.
		...['first prompt', 'answer of an MCP tool', 'private key', 'value in base64'].flatMap((place): Output[] => {
			const part = planted(place).slice(4, 17);
			return [
				{args: ['search', planted(place)], says: /^/, typed: planted(place)},
				{args: ['search', planted(place), '--json'], says: /"hits":\[\]/, typed: planted(place)},
				{args: ['search', part, '--inside-words', '--json'], says: /"hits":\[\]/, typed: part},
			];
		}),
		{
			args: ['search', planted('bare before it is named'), '--json'],
			says: /"hits":\[\]/,
			typed: planted('bare before it is named'),
		},
		{args: ['usage', '--by', 'session'], says: /Session/},
		...['session', 'repo', 'model', 'day'].map(
			(by): Output => ({args: ['usage', '--by', by, '--json'], says: /"schema"/}),
		),
		{args: ['sizes'], says: /\S/},
		{args: ['sizes', '--json', '--by', 'session'], says: /"schema"/},
		{args: ['tag', mainId, '+tides'], says: /^/},
		{args: ['note', mainId, `the key is ${planted('note')}`], says: /^/},
		{args: ['show', mainId], says: /Note/},
		{args: ['doctor'], says: /weather/},
		{args: ['doctor', '--json'], says: /"unknownKinds"/},
		{args: ['doctor', '--repair'], says: /derived anew/},
		{args: ['redactions', 'scan', '--json'], says: /"findings":\[\n/, exitCode: 3},
		{args: ['redactions', 'scan'], says: /finds in 4 of 4 sessions/, exitCode: 3},
		{args: ['redactions', 'list'], says: /github-pat/},
		{args: ['backup', 'kept.db'], says: /\S/},
		{args: ['vacuum'], says: /\S/},
		{args: ['show', '0196c0de'], says: /matches more than one session/, exitCode: 2},
		{args: ['show', `/nowhere/${planted('folder')}/x.jsonl`], says: /No session matches/, exitCode: 1},
		{
			args: ['sessions', '--json'],
			says: /TypeError: cannot take .*\n +at /,
			exitCode: 1,
			failsWith: `GITHUB_TOKEN=${planted('first prompt')} and password="${planted('instructions')}"`,
		},
		{
			args: ['ingest'],
			says: /TypeError: cannot take /,
			exitCode: 1,
			failsWith: `{"api_key":"${planted('error')}"} is not valid JSON`,
		},
	];
};
