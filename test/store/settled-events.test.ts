import assert from 'node:assert/strict';
import {test} from 'node:test';
import {askedTwice, event, functionCall, functionOutput, item, meta, rolloutOf, threadId} from '../helpers/rollout.js';
import {all, Home, logName, onlySession} from '../ingest/home.js';

const output = (id: string, state: string): string =>
	item(functionOutput(id, `Chunk ID: 0a\nWall time: 2.0 seconds\n${state}\nOutput:\n`));

test('an event in full says what only the lines around it tell', async t => {
	const home = new Home(t);
	home.write(
		logName(threadId),
		rolloutOf([
			meta(),
			...askedTwice('Install it.'),
			item(functionCall('exec_command', {cmd: 'npm install'}, 'c1')),
			output('c1', 'Process running with session ID 7'),
			item(functionCall('write_stdin', {session_id: 7, chars: ''}, 'p1')),
			output('p1', 'Process exited with code 3'),
			event('entered_review_mode', {target: {type: 'uncommittedChanges'}}),
			event('user_message', {message: 'Review the changes.'}),
		]),
	);
	await home.ingest();
	const store = await home.store();
	const session = await onlySession(store);
	const [prompt] = await all(store.prompts(session.id));
	const [command, , review] = prompt?.events ?? [];
	assert.ok(command?.kind === 'tool-call');
	assert.deepEqual([command.status, command.exitCode, command.durationMs], ['failed', 3, 2000]);
	assert.ok(review?.kind === 'review');
	const [request] = review.events ?? [];
	assert.ok(request?.kind === 'message');
	assert.equal(request.context, 'review request');
});
