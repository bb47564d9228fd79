import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {text} from 'node:stream/consumers';

export type ReportRun = {
	/** Null where a signal ended it. */
	exitCode: number | null;
	stdout: string;
	stderr: string;
	pid: number | undefined;
};

/**
Runs a command of this program in a process of its own, without a shell, and waits until it has ended. The signal, and the end of
this program, ask it to stop: it takes away what it has begun.
*/
export const runReport = async ([file = '', ...args]: readonly string[], signal: AbortSignal): Promise<ReportRun> => {
	signal.throwIfAborted();
	const child = spawn(file, args, {stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true});
	const stop = (): void => {
		// A second signal would end it before it has tidied up.
		if (!child.killed) {
			child.kill();
		}
	};
	signal.addEventListener('abort', stop, {once: true});
	process.once('exit', stop);
	try {
		const [[exitCode], stdout, stderr] = await Promise.all([
			once(child, 'close') as Promise<[number | null]>,
			text(child.stdout),
			text(child.stderr),
		]);
		return {exitCode, stdout, stderr, pid: child.pid};
	} finally {
		signal.removeEventListener('abort', stop);
		process.off('exit', stop);
	}
};
