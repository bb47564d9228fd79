// Bundles source/ into dist/: one small entry, everything heavy in chunks that it loads when needed.
import {readdirSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import {build} from 'esbuild';

rmSync(new URL('dist', import.meta.url), {recursive: true, force: true});

const inkMemos = new Map([
	['string-width', 'source/panes/ink/string-width.ts'],
	['@alcalzone/ansi-tokenize', 'source/panes/ink/ansi-tokenize.ts'],
]);

/** Modules of Ink's own, by how the others of it ask for them. */
const inkModules = new Map([
	['./output.js', 'source/panes/ink/output.ts'],
	['./sanitize-ansi.js', 'source/panes/ink/sanitize-ansi.ts'],
]);
const inkFolder = path.join('node_modules', 'ink', 'build');

/** Ink and its packages get memoised drop-ins of two packages and a quicker output; our own modules import the real ones. */
const memosForInk = {
	name: 'memos-for-ink',
	setup({onResolve}) {
		onResolve({filter: /^(?:string-width|@alcalzone\/ansi-tokenize)$/}, request =>
			request.importer.split(path.sep).includes('node_modules')
				? {path: path.resolve(import.meta.dirname, inkMemos.get(request.path))}
				: undefined,
		);
		onResolve({filter: /^\.\/(?:output|sanitize-ansi)\.js$/}, request =>
			path.dirname(request.importer).endsWith(inkFolder)
				? {path: path.resolve(import.meta.dirname, inkModules.get(request.path))}
				: undefined,
		);
	},
};

const emojiPattern = 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;';
const emojiWhenNeeded = `let rgiEmoji;
const rgiEmojiRegex = {test: text => (rgiEmoji ??= /^\\p{RGI_Emoji}$/v).test(text)};`;

/** Reading the set of all emoji takes 18 ms, as long as Node's own start: left to the first text that needs it. */
const emojiLater = {
	name: 'emoji-later',
	setup({onLoad}) {
		onLoad({filter: /[\\/]string-width[\\/]index\.js$/}, ({path: file}) => {
			const source = readFileSync(file, 'utf8');
			if (!source.includes(emojiPattern)) {
				throw new Error(`${file} no longer holds ${emojiPattern}`);
			}

			return {contents: source.replace(emojiPattern, () => emojiWhenNeeded), loader: 'js'};
		});
	},
};

const source = path.resolve(import.meta.dirname, 'source');

/** What every command needs, in one piece. */
const core = path.join(source, 'cli/run-command.ts');

/** Modules that are loaded when needed. */
const loadedLater = new Set(
	readdirSync(source, {recursive: true, encoding: 'utf8'})
		.filter(file => /\.tsx?$/.test(file))
		.map(file => path.join(source, file))
		.flatMap(file =>
			[...readFileSync(file, 'utf8').matchAll(/\bimport\('(\.[^']+)\.js'\)/g)].map(([, name]) =>
				path.resolve(path.dirname(file), name),
			),
		),
);

/**
Modules that the same entries need share a chunk. Left alone, that makes twenty chunks of what a command begins with, and
each costs as much to load as 20 kB of code: so all entries but the first take all of it.
*/
const onePiece = {
	name: 'one-piece',
	setup({onLoad}) {
		onLoad({filter: /[\\/]source[\\/].*\.tsx?$/}, ({path: file}) => {
			return loadedLater.has(file.replace(/\.tsx?$/, '')) && file !== core
				? {
						contents: `${readFileSync(file, 'utf8')}\nimport ${JSON.stringify(core)};\n`,
						loader: file.endsWith('x') ? 'tsx' : 'ts',
					}
				: undefined;
		});
	},
};

/** Named exports of them that packages import. */
const unreadNames = {
	'node:process': ['env', 'cwd'],
	'node:fs': [],
	'node:crypto': ['hash', 'createHash', 'createHmac', 'createCipheriv', 'createDecipheriv', 'randomBytes'],
};

/**
Node's own `process`, `fs` and `crypto` have properties that load more when they are read, such as the streams, and an import
reads all of them: 10 ms, a third of Node's start. `require` reads none.
*/
const unreadBuiltins = {
	name: 'unread-builtins',
	setup({onResolve, onLoad}) {
		onResolve({filter: /^node:(?:crypto|fs|process)$/}, ({path: name, importer, kind}) =>
			kind === 'import-statement' ? {path: name, namespace: 'unread', suffix: `?${importer}`} : undefined,
		);
		onLoad({filter: /./, namespace: 'unread'}, ({path: name}) => ({
			contents: [
				`const builtin = require(${JSON.stringify(name)});`,
				'export default builtin;',
				...unreadNames[name].map(property => `export const ${property} = builtin.${property};`),
			].join('\n'),
		}));
	},
};

const options = {
	outdir: 'dist',
	bundle: true,
	format: 'esm',
	platform: 'node',
	target: 'node22.15',
	minify: true,
	keepNames: false,
	sourcemap: false,
	legalComments: 'none',
	define: {'process.env.NODE_ENV': '"production"', 'Intl.Segmenter': 'PatientSegmenter'},
	inject: ['source/panes/ink/segmenter.ts'],
	external: ['better-sqlite3', 'clipboardy'],
	alias: {'react-devtools-core': './source/panes/no-devtools.ts'},
	banner: {
		js: "import {createRequire as __createRequire} from 'node:module';const require=__createRequire(import.meta.url);",
	},
	logLevel: 'warning',
};

await build({
	...options,
	entryPoints: {launch: 'source/launch.ts', thread: 'source/threads/thread.ts'},
	splitting: true,
	plugins: [memosForInk, emojiLater, onePiece, unreadBuiltins],
});

// A thread loads all that it needs as one file: forty chunks took as long as the rest of its start.
await build({
	...options,
	entryPoints: {
		'ingest-worker': 'source/ingest/worker.ts',
		'round-worker': 'source/ingest/round-worker.ts',
		'disclosure-worker': 'source/disclose/worker.ts',
		'search-worker': 'source/search/worker.ts',
	},
	plugins: [memosForInk, emojiLater, unreadBuiltins],
});
