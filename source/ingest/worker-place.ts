/** A built worker, beside this module's bundle; run from source, the build in `dist/` serves. */
export const workerUrl = (name: string): URL =>
	import.meta.url.endsWith('.ts')
		? new URL(`../../dist/${name}.js`, import.meta.url)
		: new URL(`${name}.js`, import.meta.url);

/**
Reading keeps some 30 MB in use, a line of 16 MB several times that. With less room for young objects V8 takes
less from the system, at no loss of speed.
*/
export const ingestLimits = {maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256};
