import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import fc from 'fast-check';
import {withoutMarkup} from '../../source/disclose/without-markup.js';
import {tokenRules} from '../../source/redact/rules/built-in.js';
import {reportFormats} from '../../source/report/formats.js';
import {reportPlace} from '../helpers/report-place.js';
import {
	answeredTwice,
	customCall,
	event,
	functionCall,
	functionOutput,
	item,
	message,
	meta,
	reasoning,
	rolloutOf,
	threadId,
	turnContext,
} from '../helpers/rollout.js';
import {fromRecipe} from '../helpers/secret-samples.js';
import {logOf, otherId} from './sample-logs.js';

// Values that say themselves what they are, and ones that only a name beside them gives away.
const recipes = tokenRules.flatMap(rule => (rule.lead === undefined ? [] : (rule.catch ?? []).slice(0, 1)));
const token = fc
	.tuple(fc.constantFrom(...recipes), fc.nat(1e6))
	.map(([recipe, seed]) => ({value: fromRecipe(recipe, seed), named: `use ${fromRecipe(recipe, seed)}`}));
const password = fc.nat(1e6).map(seed => {
	const value = fromRecipe('<A9>_<A9>*<A9>', seed);
	return {value, named: `DB_PASSWORD=${value}`};
});
const planted = fc.array(fc.oneof(token, password), {minLength: 10, maxLength: 10});

/** A log with a value in every place that a report tells, and nothing beside it that says what it is. */
const plantedLog = (values: readonly string[]): Buffer => {
	const [title, cwd, remote, branch, input, output, file, image, thought, plan] = values;
	return rolloutOf([
		meta({
			cwd: `/srv/${cwd}/tides`,
			git: {branch: `fix/${branch}`, repository_url: `https://kim:${remote}@git.example.com/kim/tides.git`},
		}),
		turnContext({cwd: `/srv/${cwd}/tides`}, 1),
		item(message('user', `Why ${title}?`), 1),
		event(
			'user_message',
			{message: `Why ${title}?`, images: null, local_images: [`/srv/pictures/${image}.png`], text_elements: []},
			1,
		),
		item(reasoning([`**Thinking of ${thought}**`]), 2),
		item(
			functionCall('exec_command', {cmd: `curl 'https://a.example/?q=${encodeURIComponent(input ?? '')}'`}, 'c1'),
			3,
		),
		item(
			functionOutput('c1', `Process exited with code 0\nOutput:\n{"got":${JSON.stringify(output)}} <${output}>\n`),
			4,
		),
		item(functionCall('update_plan', {plan: [{step: `Rotate ${plan}`, status: 'pending'}]}, 'c2'), 5),
		item(customCall('apply_patch', `*** Begin Patch\n*** Add File: ${file}.txt\n+${file}\n*** End Patch`, 'c3'), 6),
		event('mystery', {text: values.join(' ')}, 7),
		...answeredTwice(`Done with \`${output}\` and **${title}** & ${Buffer.from(input ?? '').toString('base64')}`, 8),
	]);
};

/** Another session, which alone says what the values are. */
const tellingLog = (named: readonly string[]): Buffer =>
	Buffer.from(
		rolloutOf([
			meta({id: otherId}),
			event('user_message', {message: named.join('\n')}, 1),
			item(message('user', named.join('\n')), 1),
			...answeredTwice('Noted.', 2),
		])
			.toString()
			.replaceAll('2026-02-03T', '2026-02-09T'),
	);

const contentOf = (file: string): string =>
	fs.statSync(file).isDirectory()
		? fs
				.readdirSync(file)
				.map(name => fs.readFileSync(path.join(file, name), 'utf8'))
				.join('\n')
		: fs.readFileSync(file, 'utf8');

const formsOf = (value: string): string[] => [
	value,
	JSON.stringify(value).slice(1, -1),
	encodeURIComponent(value),
	Buffer.from(value)
		.toString('base64')
		.replace(/.{0,2}=*$/, ''),
];

const reportsHold = async (t: TestContext, secrets: readonly {value: string; named: string}[]): Promise<number> => {
	const {root, write, run} = reportPlace(t);
	write(logOf(threadId), plantedLog(secrets.map(({value}) => value)));
	write(logOf(otherId), tellingLog(secrets.map(({named}) => named)));
	let written = 0;
	for (const {id: format} of reportFormats) {
		const file = path.join(root, `out.${format}`);
		const {exitCode, stderr} = await run('report', '--mode', 'full', '--format', format, '-o', file);
		const report = fs.existsSync(file) ? contentOf(file) : '';
		// What redaction lets through, the last look must stop.
		assert.equal(exitCode, report === '' ? 3 : 0, stderr);
		written += Number(report !== '');
		for (const text of [report, withoutMarkup(report), stderr]) {
			for (const {value} of secrets) {
				assert.deepEqual(
					formsOf(value).filter(form => text.includes(form)),
					[],
					`${format} holds a value`,
				);
			}
		}
	}

	return written;
};

test('no report of any kind holds a value, wherever it stands', {timeout: 240_000}, async t => {
	const runs = 6;
	let written = 0;
	await fc.assert(
		fc.asyncProperty(planted, async secrets => {
			written += await reportsHold(t, secrets);
		}),
		{numRuns: runs, endOnFailure: true},
	);
	assert.ok(written >= (runs * reportFormats.length) / 2, `only ${written} reports were written`);
});
