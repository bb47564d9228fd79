import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import type {Covering} from '../../source/app/covering.js';
import type {Port} from '../../source/app/port.js';
import type {CommandContext} from '../../source/cli/context.js';
import type {Outlet} from '../../source/cli/outlet.js';
import type {Shown, ShownSearch, ShownStore} from '../../source/disclose/shown.js';
import type {ExploreOptions} from '../../source/explorer.js';
import type {SessionSummary} from '../../source/model/session.js';
import type {Redacted} from '../../source/redact/redactor.js';
import type {Search, SearchAnswer} from '../../source/store/search.js';
import type {Store} from '../../source/store/store.js';

/*
The compiler is the first half of these tests: a line marked as an error that is none fails `npm run types`. Nothing here is
called.
*/

/** Everything that takes a store to show what it says. */
export const storesAreRefused = (store: Store, shown: ShownStore): void => {
	// @ts-expect-error a `Store` is not what may be shown
	const port: Pick<Port, 'store'> = {store};
	// @ts-expect-error likewise for commands
	const context: Pick<CommandContext, 'store'> = {store};
	// @ts-expect-error likewise for the explorer
	const explorer: Pick<ExploreOptions, 'store'> = {store};
	// @ts-expect-error likewise for what leaves the screen
	const covering: Pick<Covering, 'outgoing'> = {outgoing: store};
	// @ts-expect-error likewise for the way out of the store for a command
	const outlet: Pick<Outlet, 'openStore'> = {openStore: async () => store};
	// @ts-expect-error nor can a shown store give away raw bytes
	const {rawLines} = shown;
	const allowed: [Pick<Port, 'store'>, Pick<CommandContext, 'store'>, Pick<ExploreOptions, 'store'>] = [
		{store: shown},
		{store: shown},
		{store: shown},
	];
	void [port, context, explorer, covering, outlet, rawLines, allowed];
};

export const searchesAreRefused = (search: Search, store: ShownStore): void => {
	// @ts-expect-error a `Search` is not what may be shown
	const port: Pick<Port, 'search'> = {search};
	// @ts-expect-error likewise for the explorer
	const explorer: Pick<ExploreOptions, 'search'> = {search};
	// @ts-expect-error likewise for commands
	const outlet: Pick<Outlet, 'openSearch'> = {openSearch: async () => ({store, search})};
	// @ts-expect-error its answers are no shown ones
	const ask: ShownSearch['ask'] = (_, onAnswer: (answer: SearchAnswer) => void) => onAnswer({} as SearchAnswer);
	void [port, explorer, outlet, ask];
};

export const textsAreRefused = (session: SessionSummary, answer: SearchAnswer): void => {
	// @ts-expect-error text is not redacted because somebody says so
	const text: Redacted = 'text';
	// @ts-expect-error nor is what was cut out of redacted text, which may have cut a placeholder
	const part: Redacted = (text as Redacted).slice(1);
	// @ts-expect-error a session of the store is none that may be shown
	const summary: Shown<SessionSummary> = session;
	// @ts-expect-error a text that is forgotten is noticed
	const forgotten: Shown<SessionSummary> = {...(session as unknown as Shown<SessionSummary>), cwd: session.cwd};
	// @ts-expect-error at any depth
	const nested: Shown<SearchAnswer>['hits'][number]['snippet'] = answer.hits[0]?.snippet ?? {text: '', ranges: []};
	// @ts-expect-error in lists
	const models: Shown<SessionSummary>['models'] = session.models;
	// @ts-expect-error in maps
	const map: Shown<Map<string, {note: string}>> = new Map([['a', {note: 'text'}]]);
	// @ts-expect-error in streams
	const stream: Shown<AsyncIterable<{text: string}>> = {} as AsyncIterable<{text: string}>;
	const words: Shown<SessionSummary['promptCount'] | null | 'done' | boolean> = 'done';
	void [text, part, summary, forgotten, nested, models, map, stream, words];
};

const source = fileURLToPath(new URL('../../source/', import.meta.url));

/** Where a type of what may be shown is claimed instead of earned, and why that is right. */
const claims: Record<string, string> = {
	'cli/outlet.ts': '--no-redact: a person asked for that by name, and it is said',
	'disclose/show-search.ts': 'snippets are cut from redacted text',
	'disclose/show-store.ts': 'events that are only counted, whose texts are empty',
	'disclose/show-value.ts': 'every text was replaced on the way',
	'disclose/triage.ts': 'what stands for a value is made by the numbering',
	'disclose/unredacted.ts': '--no-redact, what a person revealed, and tests',
};

/** The redactor's own room makes `Redacted` text, so that it is looked at by hand. */
const isMaker = (file: string): boolean => file.startsWith('redact/');

const claim =
	/\bas (?:unknown as )?(?:Redacted|(?:Shown(?:Store|Search|Annotations)?))\b|\bunredacted(?:Search)?\b(?!\.js)/;

test('text is claimed to be redacted only where that is known to be right', () => {
	const found = fs
		.readdirSync(source, {recursive: true, encoding: 'utf8'})
		.filter(file => /\.tsx?$/.test(file) && claim.test(fs.readFileSync(path.join(source, file), 'utf8')))
		.map(file => file.replaceAll(path.sep, '/'))
		.filter(file => !isMaker(file));
	assert.deepEqual(found.toSorted(), Object.keys(claims));
});

test('the search for claims knows every way to write one', () => {
	for (const text of [
		'text as Redacted',
		'store as unknown as ShownStore',
		'answer as Shown<T>',
		'unredacted(store)',
	]) {
		assert.match(text, claim, text);
	}

	for (const text of ["from './unredacted.js'", 'isUnredacted', 'as const', 'Shown<T>']) {
		assert.doesNotMatch(text, claim, text);
	}
});
