import assert from 'node:assert/strict';
import test from 'node:test';
import {baseName, plainPath, shortLogName, shortPath} from '../../source/text/paths.js';

test('paths lose their wrapping', () => {
	assert.equal(plainPath(String.raw`\\?\C:\work\shop`), String.raw`C:\work\shop`);
	assert.equal(plainPath(String.raw`\\?\UNC\server\share`), String.raw`\\server\share`);
	assert.equal(plainPath('file:///home/ada/my%20shop'), '/home/ada/my shop');
	assert.equal(plainPath('file:///C:/work'), 'C:/work');
	assert.equal(plainPath('file:///100%'), '/100%');
	assert.equal(plainPath('/a\nb\x1b[2Jc'), '/a␊bc');
});

test('short paths keep the last parts', () => {
	assert.equal(shortPath('/home/ada/shop', 40, '/home/ada'), '~/shop');
	assert.equal(shortPath('/home/ada', 40, '/home/ada'), '~');
	assert.equal(shortPath('/home/adam/shop', 40, '/home/ada'), '/home/adam/shop');
	assert.equal(shortPath('/srv/teams/web/shop/source', 16), '…/shop/source');
	assert.equal(shortPath(String.raw`C:\work\teams\shop`, 12), String.raw`…\teams\shop`);
	assert.equal(shortPath('/srv/a-very-long-directory-name', 10), '…tory-name');
	assert.equal(shortPath('/srv/shop', 0), '');
});

test('base names', () => {
	assert.equal(baseName('/srv/logs/rollout.jsonl'), 'rollout.jsonl');
	assert.equal(baseName('C:\\logs\\rollout.jsonl'), 'rollout.jsonl');
	assert.equal(baseName('/srv/logs/'), 'logs');
});

test('the name of a log is shortened before its id, which is never cut', () => {
	const id = '0196c0de-0000-7000-8000-000000000001';
	const name = `rollout-2026-02-03T10-00-00-${id}.jsonl`;
	assert.equal(shortLogName(name, 80), name);
	assert.equal(shortLogName(name, 52), `rollout-2…${id}.jsonl`);
	assert.equal(shortLogName(name, 43), `…${id}.jsonl`);
	assert.equal(shortLogName(name, 20), 'rollout-2026-02-03T…');
});
