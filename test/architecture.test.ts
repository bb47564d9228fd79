import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';

const source = fileURLToPath(new URL('../source/', import.meta.url));

/**
What each room of `source/` may import from the others: `values` for anything, `types` for what is gone when
the program runs. The table is the one of ARCHITECTURE.md; a change here is a change there.
*/
const rooms: Record<string, {values: string[]; types: string[]}> = {
	model: {values: [], types: []},
	threads: {values: [], types: []},
	text: {values: [], types: []},
	formats: {values: ['model'], types: []},
	files: {values: ['model'], types: []},
	usage: {values: ['model'], types: ['store/store.ts']},
	sizes: {values: ['model'], types: ['store/stored-sizes.ts']},
	query: {values: ['model'], types: []},
	redact: {values: ['model'], types: []},
	disclose: {values: ['model', 'threads', 'redact', 'files', 'formats', 'config', 'ingest', 'store'], types: []},
	report: {
		values: ['model', 'text', 'redact', 'usage'],
		types: ['disclose/shown.ts', 'store/store.ts', 'store/annotations.ts'],
	},
	store: {values: ['model', 'files', 'usage', 'sizes', 'query'], types: ['formats', 'redact/finding.ts']},
	ingest: {values: ['model', 'threads', 'files', 'formats', 'config', 'redact', 'store'], types: []},
	search: {
		values: ['model', 'text', 'threads', 'files', 'formats', 'query', 'usage', 'config', 'redact', 'disclose', 'store'],
		types: [],
	},
	view: {
		values: ['model', 'text', 'query'],
		types: [
			'disclose/triage.ts',
			'store/store.ts',
			'store/search.ts',
			'store/annotations.ts',
			'store/redactions.ts',
			'ingest/progress.ts',
		],
	},
	app: {
		values: ['model', 'text', 'view', 'query', 'report'],
		types: [
			'disclose/triage.ts',
			'disclose/shown.ts',
			'store/store.ts',
			'store/search.ts',
			'store/annotations.ts',
			'store/redactions.ts',
			'ingest/progress.ts',
		],
	},
	panes: {values: ['model', 'text', 'view', 'app'], types: []},
	config: {values: ['model', 'files', 'usage', 'redact'], types: []},
	cli: {
		values: [
			'model',
			'text',
			'files',
			'formats',
			'query',
			'store',
			'ingest',
			'search',
			'usage',
			'sizes',
			'redact',
			'disclose',
			'report',
			'config',
			'explorer.tsx',
		],
		types: ['app/menus.ts', 'app/outside.ts', 'app/reporter.ts', 'app/usage-feed.ts'],
	},
	'explorer.tsx': {
		values: ['model', 'text', 'view', 'app', 'panes'],
		types: [
			'disclose/shown.ts',
			'store/store.ts',
			'store/search.ts',
			'store/annotations.ts',
			'store/redactions.ts',
			'ingest/progress.ts',
		],
	},
	'launch.ts': {values: ['cli'], types: []},
};

/** Packages and Node modules that only some places may import. */
const guarded: {what: RegExp; only: RegExp; because: string}[] = [
	{
		what: /^better-sqlite3$/,
		only: /^(?:store\/sqlite\/|files\/state-names\.ts$)/,
		because: 'no SQL outside store/sqlite',
	},
	{
		what: /^(?:react|ink|ink-.+|react-.+|@inkjs\/.+)(?:\/|$)/,
		only: /^(?:panes\/|explorer\.tsx$)/,
		because: 'no React outside panes and explorer.tsx',
	},
	{
		what: /^(?:node:)?fs(?:\/promises)?$/,
		only: /^(?!(?:model|text|formats|redact|report|view|app|panes)\/)/,
		because: 'no files in rooms that compute or draw',
	},
	{
		what: /^(?:node:)?(?:https?|http2|net|tls|dgram|dns)(?:\/|$)|^undici$/,
		only: /^(?!)/,
		because: 'nothing goes to a network',
	},
];

/** Imports that break the table today, each with what would end it. An entry that is no longer needed fails too. */
const knownStrays = new Map<string, string>([
	['app/key-names.ts → ink', 'the shape of a key press could be spelt out'],
]);

type Import = {from: string; to: string; isPackage: boolean; isType: boolean};

const pattern =
	/^\s*(?:import|export)\s+(?<type>type\s)?(?:[^'";]*?\sfrom\s*)?'(?<fixed>[^']+)'|\bimport\(\s*'(?<lazy>[^']+)'\s*\)/gm;

/** `import {type A, type B}` is erased as well as `import type {A, B}`. */
const hasOnlyTypes = (statement: string): boolean => {
	const names = /\{([^}]*)\}/
		.exec(statement)?.[1]
		?.split(',')
		.filter(name => name.trim() !== '');
	return /^\s*(?:import|export)\s*\{/.test(statement) && (names ?? []).every(name => name.trim().startsWith('type '));
};

const fileOf = (specifier: string): string => {
	const stem = specifier.replace(/\.js$/, '');
	return [`${stem}.ts`, `${stem}.tsx`].find(file => fs.existsSync(path.join(source, file))) ?? specifier;
};

const importsOf = (from: string): Import[] => {
	const code = fs.readFileSync(path.join(source, from), 'utf8');
	return [...code.matchAll(pattern)].flatMap(match => {
		// What a package does not export is asked for by its place.
		const specifier = (match.groups?.['fixed'] ?? match.groups?.['lazy'] ?? '').replace(/^.*\/node_modules\//, '');
		const isType = match.groups?.['type'] !== undefined || hasOnlyTypes(match[0]);
		const isPackage = !specifier.startsWith('.');
		const to = isPackage ? specifier : fileOf(path.posix.join(path.posix.dirname(from), specifier));
		return to === 'package.json' ? [] : [{from, to, isPackage, isType}];
	});
};

const files = (fs.readdirSync(source, {recursive: true}) as string[])
	.map(file => file.replaceAll(path.sep, '/'))
	.filter(file => /\.tsx?$/.test(file))
	.toSorted();
const imports = files.flatMap(file => importsOf(file));
const roomOf = (file: string): string => file.split('/')[0] as string;

const strayReason = ({from, to, isPackage, isType}: Import): string | undefined => {
	if (isPackage) {
		const guard = guarded.find(({what, only}) => what.test(to) && !only.test(from));
		return guard?.because;
	}

	const [room, other] = [roomOf(from), roomOf(to)];
	const allowed = rooms[room];
	const isAllowed =
		room === other ||
		allowed?.values.includes(other) ||
		(isType && (allowed?.types.includes(other) || allowed?.types.includes(to)));
	return isAllowed ? undefined : `${room} may not import ${isType ? 'types' : 'values'} of ${other}`;
};

test('every file is in a room that the table knows', () => {
	assert.deepEqual(
		files.filter(file => rooms[roomOf(file)] === undefined),
		[],
	);
	assert.ok(imports.length > 300, `${imports.length} imports found`);
});

test('imports follow the table of rooms', () => {
	const strays = imports.flatMap(one => {
		const reason = strayReason(one);
		return reason === undefined || knownStrays.has(`${one.from} → ${one.to}`)
			? []
			: [`source/${one.from} imports ${one.to}: ${reason}`];
	});
	assert.deepEqual(strays, [], strays.join('\n'));
});

test('imports that are known to break the table still do', () => {
	const breaking = new Set(
		imports.filter(one => strayReason(one) !== undefined).map(({from, to}) => `${from} → ${to}`),
	);
	const mended = [...knownStrays.keys()].filter(stray => !breaking.has(stray));
	assert.deepEqual(mended, [], 'take these out of knownStrays');
});

test('rooms do not depend on each other in a circle, types aside', () => {
	const edges = Map.groupBy(
		imports.filter(one => !one.isPackage && !one.isType && roomOf(one.from) !== roomOf(one.to)),
		one => roomOf(one.from),
	);
	const open: string[] = [];
	const closed = new Set<string>();
	const visit = (room: string): void => {
		assert.equal(open.includes(room), false, [...open, room].join(' → '));
		if (closed.has(room)) {
			return;
		}

		open.push(room);
		for (const {to} of edges.get(room) ?? []) {
			visit(roomOf(to));
		}

		open.pop();
		closed.add(room);
	};

	for (const room of Object.keys(rooms)) {
		visit(room);
	}
});

test('the reader of imports sees every way to write one', () => {
	const seen = (code: string): (string | undefined)[] =>
		[...code.matchAll(pattern)].map(match => match.groups?.['fixed'] ?? match.groups?.['lazy']);
	assert.deepEqual(
		seen(
			"import a from 'a';\nimport {b} from './b.js';\nimport type {c} from 'c';\nimport 'd';\nimport e, {f} from 'e';\n" +
				"import {\n\tg,\n\th,\n} from 'g';\nexport {i} from 'i';\nexport * from 'j';\nconst k = await import('k');\nimport * as l from 'l';",
		),
		['a', './b.js', 'c', 'd', 'e', 'g', 'i', 'j', 'k', 'l'],
	);
});
