import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

export type Run = {
	/** From the start of the process to its end. */
	wallMs: number;
	/** User and system time of all its threads. */
	cpuSeconds: number;
	peakMB: number;
	stdout: string;
};

const reportUsage = fileURLToPath(new URL('report-usage.cjs', import.meta.url));

/** Runs Node with arguments until it ends; a failure is thrown with what it said. */
export const runNode = (args: readonly string[], env: Record<string, string> = {}): Run => {
	const before = performance.now();
	const {status, output, error} = spawnSync(process.execPath, ['--require', reportUsage, ...args], {
		env: {...process.env, ...env},
		stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
		encoding: 'utf8',
		maxBuffer: 1 << 28,
	});
	const wallMs = performance.now() - before;
	if (status !== 0) {
		throw new Error(`node ${args.join(' ')} failed: ${error?.message ?? output[2] ?? ''}`);
	}

	return {wallMs, stdout: output[1] ?? '', ...(JSON.parse(output[3] ?? '') as {cpuSeconds: number; peakMB: number})};
};

/** Node's own start, which every other figure is held against. */
export const runBareNode = (): Run => runNode(['-e', '0']);
