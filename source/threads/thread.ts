// Begins every thread. Node keeps what it compiled of modules for the next start, but in a thread only for those that are loaded
// after this was asked for.
import module from 'node:module';
import process from 'node:process';

/** Later than all that a start needs: the functions that ran by then need not be compiled the next time. */
const startedMs = 3000;

module.enableCompileCache?.();
setTimeout(() => module.flushCompileCache?.(), startedMs).unref();
// Not written as a literal: each of them is an entry of the build.
await import(new URL(`${process.argv.at(-1)}.js`, import.meta.url).href);
