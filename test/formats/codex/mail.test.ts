import assert from 'node:assert/strict';
import {test} from 'node:test';
import {subjectOfMail} from '../../../source/formats/codex/mail.js';
import {askedTwice, envelope, type Fields, item, meta, readRollout} from '../../helpers/rollout.js';

const heading = 'Message Type: NEW_TASK\nTask name: /root/chart\nSender: /root\nPayload:\n';

const mail = (...content: Fields[]): string =>
	item({type: 'agent_message', author: '/root', recipient: '/root/chart', content});

const words = (text: string): Fields => ({type: 'input_text', text});

test('mail is about its words, or about its task where they are encrypted', () => {
	assert.equal(subjectOfMail(`${heading}Chart Brest.\nThen Roscoff.`), 'Chart Brest.\nThen Roscoff.');
	assert.equal(subjectOfMail(`${heading}\n[encrypted]`), '/root/chart');
	assert.equal(subjectOfMail(heading), '/root/chart');
	assert.equal(subjectOfMail('Chart Brest.'), 'Chart Brest.');
});

const agent = meta({source: {subagent: {thread_spawn: {parent_thread_id: 'p', depth: 1}}}});
const titleOf = (lines: string[]): string | null => readRollout(lines).facts.firstPrompt;

test('a sub-agent is titled by the first task that it got by mail', () => {
	const secret = mail(words(heading), {type: 'encrypted_content', encrypted_content: 'x'});
	assert.equal(titleOf([agent, secret, mail(words(`${heading}Now Roscoff.`))]), '/root/chart');
	assert.equal(titleOf([agent, envelope('inter_agent_communication', {content: 'Chart Brest.'})]), 'Chart Brest.');
	assert.equal(titleOf([agent, ...askedTwice('Chart Brest.'), secret]), 'Chart Brest.');
});

test('other sessions are not titled by the mail that they get', () => {
	assert.equal(titleOf([meta(), mail(words(`${heading}Done.`))]), null);
});
