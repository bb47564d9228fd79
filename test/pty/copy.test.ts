import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {describe, test} from 'node:test';
import {answeredTwice, askedTwice, functionCall, functionOutput, item, meta, rolloutOf} from '../helpers/rollout.js';
import type {Terminal} from '../helpers/terminal.js';
import {idOf, logName} from '../ingest/home.js';
import {allRead, Place} from './program.js';

const secret = `sk-proj-${'Wd7Rt2Qx9Lk4Hn6B'.repeat(3)}`;
const password = 'tern-and-gull-88';

/** A session whose answer gives away, without a name, what only a command after it names. */
const fill = (place: Place): void =>
	void place.write(
		logName(idOf(1)),
		rolloutOf([
			meta({id: idOf(1)}),
			...askedTwice(`Light the lamp with ${secret}`, 1),
			item(functionCall('exec_command', {cmd: 'cat lamp.env'}, 'call-1'), 2),
			item(functionOutput('call-1', `Process exited with code 0\nOutput:\nLAMP_PASSWORD=${password}\nperiod=12`), 3),
			...answeredTwice(`It is lit. I used ${password}.\n\n\`\`\`sh\nlamp --period 12\n\`\`\``, 4),
		]),
	);

/** What the terminal was given for its clipboard, in order. */
const clipboard = ({written}: Terminal): string[] =>
	Array.from(written.matchAll(/\u001B\]52;c;([\w+/=]+)\u0007/g), ([, content = '']) =>
		Buffer.from(content, 'base64').toString(),
	);

const isClean = (terminal: Terminal): void => {
	for (const text of [...clipboard(terminal), terminal.written]) {
		assert.equal(text.includes(secret) || text.includes(secret.slice(0, 30)) || text.includes(password), false);
	}
};

describe('copies', {concurrency: 2}, () => {
	test('over SSH the exchange reaches the clipboard of the terminal as Markdown, without its secrets', async t => {
		const place = new Place(t);
		fill(place);
		const terminal = await place.open({cols: 80, rows: 24, env: {SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22'}});
		await allRead(terminal);
		await terminal.press('Enter', 'c');
		await terminal.see(/Copied the exchange by the terminal: \d+ characters, 2 values redacted\./);
		const [text = ''] = clipboard(terminal);
		assert.match(text, /^### Prompt 1: Light the lamp with \[REDACTED:[\w-]+#1\]\n/);
		assert.match(text, /<b>Command<\/b> <code>cat lamp\.env<\/code>/);
		assert.match(text, /LAMP_PASSWORD=\[REDACTED:[\w-]+#1\]\nperiod=12/);
		assert.match(text, /> It is lit\. I used \[REDACTED:[\w-]+#1\]\.\n>\n> ```sh\n> lamp --period 12\n> ```/);
		isClean(terminal);
		await terminal.press('q');
		await terminal.exited();

		const [file = '', ...args] = await place.command('redactions', 'audit');
		const env = {...process.env, ...place.env()};
		const {status, stdout, stderr} = spawnSync(file, args, {env, cwd: place.folder, encoding: 'utf8'});
		assert.equal(status, 0, stderr);
		assert.match(stdout, /export/);
		assert.match(stdout, /copy actions/);
	});

	test('what is revealed on the screen is redacted in the clipboard', async t => {
		const place = new Place(t);
		fill(place);
		const terminal = await place.open({cols: 80, rows: 24, env: {SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22'}});
		await allRead(terminal);
		await terminal.press('r');
		await terminal.see('shown as it is');
		await terminal.press('Enter', 'C');
		await terminal.see('Copy, redacted');
		await terminal.press('3');
		await terminal.see('Copied the answer by the terminal: ');
		await terminal.press('C');
		await terminal.see('Copy, redacted');
		await terminal.press('2');
		await terminal.see('Copied the prompt by the terminal: ');
		const [answer = '', prompt = ''] = clipboard(terminal);
		assert.match(answer, /^It is lit\. I used \[REDACTED:[\w-]+#1\]\.\n\n```sh\nlamp --period 12\n```$/);
		assert.match(prompt, /^Light the lamp with \[REDACTED:[\w-]+#1\]$/);
	});
});
