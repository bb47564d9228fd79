// Bundles source/ into dist/: one small entry, everything heavy in chunks that it loads when needed.
import {rmSync} from 'node:fs';
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

await build({
	entryPoints: {
		launch: 'source/launch.ts',
		'ingest-worker': 'source/ingest/worker.ts',
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
	plugins: [memosForInk],
	logLevel: 'warning',
});
