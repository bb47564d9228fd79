import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {build, type Plugin} from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

const memos: Record<string, string> = {
	'string-width': 'source/panes/ink/string-width.ts',
	'@alcalzone/ansi-tokenize': 'source/panes/ink/ansi-tokenize.ts',
};

/** As `build.mjs` does it for the package. */
const memosForInk: Plugin = {
	name: 'memos-for-ink',
	setup({onResolve}) {
		onResolve({filter: /^(?:string-width|@alcalzone\/ansi-tokenize)$/}, ({path: name, importer}) =>
			importer.split(path.sep).includes('node_modules') ? {path: path.join(root, memos[name] ?? '')} : undefined,
		);
		onResolve({filter: /^\.\/(?:output|sanitize-ansi)\.js$/}, ({path: name, importer}) =>
			path.dirname(importer).endsWith(path.join('ink', 'build'))
				? {path: path.join(root, 'source/panes/ink', name.replace('.js', '.ts'))}
				: undefined,
		);
	},
};

/** Bundles a script with the memos for Ink or without, runs it with colours, and answers what it printed. */
export const bundleFrames = async (entry: string, hasMemos: boolean): Promise<string> => {
	const folder = await mkdtemp(path.join(root, 'node_modules', '.frames-'));
	try {
		await build({
			entryPoints: [entry],
			outdir: folder,
			outExtension: {'.js': '.mjs'},
			bundle: true,
			splitting: true,
			format: 'esm',
			platform: 'node',
			jsx: 'automatic',
			define: {'process.env.NODE_ENV': '"production"'},
			alias: {'react-devtools-core': path.join(root, 'source/panes/no-devtools.ts')},
			banner: {
				js: "import {createRequire as makeRequire} from 'node:module';const require=makeRequire(import.meta.url);",
			},
			plugins: hasMemos ? [memosForInk] : [],
			logLevel: 'silent',
		});
		const script = path.join(folder, `${path.parse(entry).name}.mjs`);
		const {stdout} = await promisify(execFile)(process.execPath, [script], {
			env: {...process.env, FORCE_COLOR: '3', NO_COLOR: ''},
			maxBuffer: 1e8,
		});
		return stdout;
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
};
