// Bundles source/ into dist/: one small entry, everything heavy in chunks that it loads when needed.
import {readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import {build} from 'esbuild';

rmSync(new URL('dist', import.meta.url), {recursive: true, force: true});

const inkMemos = new Map([
	['string-width', 'source/panes/ink/string-width.ts'],
	['@alcalzone/ansi-tokenize', 'source/panes/ink/ansi-tokenize.ts'],
]);

/** Ink and its packages get memoised drop-ins of two packages; our own modules import the real ones. */
const memosForInk = {
	name: 'memos-for-ink',
	setup({onResolve}) {
		onResolve({filter: /^(?:string-width|@alcalzone\/ansi-tokenize)$/}, request =>
			request.importer.split(path.sep).includes('node_modules')
				? {path: path.resolve(import.meta.dirname, inkMemos.get(request.path))}
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

await build({
	entryPoints: {
		launch: 'source/launch.ts',
		'ingest-worker': 'source/ingest/worker.ts',
		'round-worker': 'source/ingest/round-worker.ts',
	},
	outdir: 'dist',
	bundle: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node22.15',
	minify: true,
	keepNames: false,
	sourcemap: false,
	legalComments: 'none',
	define: {'process.env.NODE_ENV': '"production"', 'Intl.Segmenter': 'PatientSegmenter'},
	inject: ['source/panes/ink/segmenter.ts'],
	external: ['better-sqlite3'],
	alias: {'react-devtools-core': './source/panes/no-devtools.ts'},
	banner: {
		js: "import {createRequire as __createRequire} from 'node:module';const require=__createRequire(import.meta.url);",
	},
	plugins: [memosForInk, emojiLater],
	logLevel: 'warning',
});
