import {answeredTwice, askedTwice, tokenCount, usage} from '../test/helpers/rollout.js';
import {fromRecipe} from '../test/helpers/secret-samples.js';
import {command, type Seconds, thought} from './events.js';

/** Made when the pictures are taken, so that no file of the repository holds them. */
const token = fromRecipe('ghp_<A36>', 7);
const accessKey = fromRecipe('AKIA<B16>', 7);

/** One picture shows these as they are: shaped like nobody's tokens. */
const password = 'moon-over-Brest-88';
const keeper = 'ines@tideworks.dev';

/** A session with what must not be shown: tokens, passwords, names and numbers of people. */
export const leaky = (at: Seconds): string[] => [
	...askedTwice('Why is the tide of Brest an hour late? kim@tideworks.dev says since the move', at),
	...thought('**Looking at what the server is given**', at + 4),
	...command(
		'docker compose exec feed env',
		[
			'FEED_URL=https://tideworks.dev/feed',
			`FEED_TOKEN=${token}`,
			'PGHOST=db',
			'PGUSER=tides',
			'PGPASSWORD=Neap-and-Spring-7',
			`AWS_KEY=${accessKey}`,
			'ALERTS_TO=kim@tideworks.dev',
			'TZ=UTC',
		].join('\n'),
		0,
		at + 9,
	),
	...command(
		'curl -s https://tideworks.dev/feed/brest',
		'{"high":"2026-02-12T04:51:00+01:00","metres":6.2,"contact":"kim@tideworks.dev"}',
		0,
		at + 15,
	),
	...command(
		`psql "postgres://ines:${password}@db/tides" -xc "select * from stations where name = 'Brest'"`,
		['name   | Brest', 'zone   | UTC', `keeper | ${keeper}`, 'phone  | +33 2 98 80 91 47'].join('\n'),
		0,
		at + 22,
		0.2,
	),
	tokenCount(usage(31_200, 18_000, 900), usage(31_200, 18_000, 900), at + 30),
	...answeredTwice(
		'The feed tells times **with** their zone; the table has `UTC` for Brest since the move, so the hour is taken off twice.',
		at + 31,
	),
];
