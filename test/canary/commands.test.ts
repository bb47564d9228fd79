import assert from 'node:assert/strict';
import {test} from 'node:test';
import {canaryFinder} from './find-canaries.js';
import {outputs} from './outputs.js';
import {failingWith, filesWritten, runProgram} from './run-program.js';
import {crewId, forkId, historyId, mainId} from './seeded-home.js';
import {seededPlace} from './seeded-place.js';

test('no command shows or writes a value that was planted in a log', async t => {
	const {place, canaries} = seededPlace(t);

	canaries.plant('note', 'ghp_<A36>');
	assert.ok(canaries.values.size >= 40, `${canaries.values.size} values`);
	const find = canaryFinder(canaries.values);
	for (const {args, says, exitCode: expected = 0, typed = '', maySee = [], failsWith} of outputs(canaries)) {
		const name = args.map(word => (find(word).length > 0 ? 'VALUE' : word)).join(' ');
		await t.test(failsWith === undefined ? name : `${name}, failing`, async () => {
			const env = failsWith === undefined ? {} : {NODE_OPTIONS: failingWith(failsWith)};
			const {exitCode, stdout, stderr} = await runProgram(place, args, {env});
			const said = `${stdout}\n${stderr}`;
			const seen = find(typed === '' ? said : said.replaceAll(typed, ''));
			assert.deepEqual(
				seen.filter(({place: seenPlace}) => !maySee.includes(seenPlace)),
				[],
			);
			assert.match(said, says);
			assert.equal(exitCode, expected, stderr);
		});
	}

	for (const {name, text} of filesWritten(place)) {
		assert.deepEqual(find(text), [], `the file ${name}`);
	}

	const unredacted = await Promise.all(
		[
			['sessions', '--json', '--no-redact'],
			['doctor', '--json', '--no-redact'],
			...[mainId, forkId, crewId, historyId].map(id => ['show', id, '--json', '--no-redact']),
		].map(args => runProgram(place, args)),
	);
	const places = new Set(find(unredacted.map(({stdout}) => stdout).join('\n')).map(({place: seen}) => seen));
	assert.deepEqual(
		[...canaries.values.keys()].filter(planted => !places.has(planted)),
		['damaged line', 'line that is no JSON'],
		'but what only the explorer tells, every value can be seen where nothing is redacted',
	);
});
