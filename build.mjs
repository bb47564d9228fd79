// Bundles source/ into dist/: one small entry, everything heavy in chunks that it loads when needed.
import {rmSync} from 'node:fs';
import {build} from 'esbuild';

rmSync(new URL('dist', import.meta.url), {recursive: true, force: true});

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
	define: {'process.env.NODE_ENV': '"production"'},
	external: ['better-sqlite3'],
	alias: {'react-devtools-core': './source/panes/no-devtools.ts'},
	banner: {
		js: "import {createRequire as __createRequire} from 'node:module';const require=__createRequire(import.meta.url);",
	},
	logLevel: 'warning',
});
