import assert from 'node:assert/strict';
import {test} from 'node:test';
import {repositoryOf} from '../../source/model/repository.js';

const remotes: [remote: string | null, name: string | null][] = [
	['https://github.com/kim/shop.git', 'github.com/kim/shop'],
	['https://github.com/kim/shop/', 'github.com/kim/shop'],
	['https://kim:s3cret@GitHub.com/kim/shop.git', 'github.com/kim/shop'],
	['https://x-token@github.com/kim/shop?ref=main#top', 'github.com/kim/shop'],
	['https://kim:p@ss@github.com/kim/shop', 'github.com/kim/shop'],
	['git@github.com:kim/shop.git', 'github.com/kim/shop'],
	['ssh://git@github.com:22/kim/shop.git', 'github.com/kim/shop'],
	['ssh://git@example.invalid:2222/kim/shop.git', 'example.invalid:2222/kim/shop'],
	['git://example.invalid/shop', 'example.invalid/shop'],
	['example.invalid:shop.git', 'example.invalid/shop'],
	['file:///srv/git/shop.git', '/srv/git/shop'],
	['/srv/git/shop.git', '/srv/git/shop'],
	['../shop', '../shop'],
	['C:\\git\\shop', 'C:\\git\\shop'],
	['  ', '/home/mira/tides'],
	[null, '/home/mira/tides'],
];

for (const [remote, name] of remotes) {
	test(`${remote} is ${name}`, () => {
		assert.equal(repositoryOf(remote, '/home/mira/tides'), name);
	});
}

test('a session that tells neither has no repository', () => {
	assert.equal(repositoryOf(null, null), null);
});
