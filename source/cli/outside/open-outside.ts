import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type {HandOver, Origin, Outside, Trouble} from '../../app/outside.js';
import type {RawLine, Store} from '../../store/store.js';
import {bytesLabel} from '../../text/labels.js';
import {codexFile, isByShell, noCodex, refusesFiling, runFiling} from './codex-program.js';
import {eventText} from './event-text.js';
import {isOpenElsewhere} from './open-files.js';
import {readingCommand, readingProgram} from './reading-program.js';
import {resumeLine} from './resume-line.js';
import {runInTerminal, waitForEnter, withoutKeySignals} from './run-in-terminal.js';
import {type WriteFile, withTemporaryFiles} from './temporary-files.js';

export type OutsideOptions = {
	/** With the logs as they are. */
	store: Pick<Store, 'session' | 'rawLines'> & {redactions: Pick<Store['redactions'], 'record'>};
	handOver: HandOver;
	/** The Codex home that sessions come from; null where logs lie in none. */
	codexHome: string | null;
	/** The home that Codex takes by itself. */
	ownCodexHome: string;
	env?: Readonly<Record<string, string | undefined>>;
};

/** Longer logs are no text that editors like, nor one that a temporary folder has room for. */
const mostBytes = 512 * 1024 * 1024;

const isFolder = (folder: string): boolean => fs.statSync(folder, {throwIfNoEntry: false})?.isDirectory() ?? false;

/** Everything outside of the explorer that its keys lead to: Codex, editors and pagers, as programs of this computer. */
export const openOutside = ({store, handOver, codexHome, ownCodexHome, env = process.env}: OutsideOptions): Outside => {
	const codexEnv = codexHome === null ? {...env} : {...env, CODEX_HOME: codexHome};
	// Codex reads settings of the folder it runs in; a session's own may be gone.
	const place = {env: codexEnv, cwd: os.homedir()};

	const lend: HandOver = async work => withoutKeySignals(async () => handOver(work));

	const read = async (write: (writeFile: WriteFile) => Promise<string[]>): Promise<Trouble> => {
		const program = readingProgram(env);
		if (program === undefined) {
			return 'There is no program to read it with. Set VISUAL, EDITOR or PAGER.';
		}

		return withTemporaryFiles(async writeFile => {
			const files = await write(writeFile);
			const {command, shell} = readingCommand(program, files);
			const ending = await lend(() => runInTerminal(command, {env: {...env}, shell}));
			return ending === 126 || ending === 127
				? `${program.line}, from ${program.from}, cannot be started. Correct the variable.`
				: undefined;
		});
	};

	return {
		async resume({threadId, cwd}) {
			const codex = codexFile(codexEnv);
			if (codex === undefined) {
				return noCodex;
			}

			if (cwd === null || !isFolder(cwd)) {
				return cwd === null
					? 'The log tells no folder to resume the session in; y copies the command.'
					: 'The folder of this session is gone; y copies the command that resumes it.';
			}

			await lend(async () => {
				const ending = await runInTerminal([codex, 'resume', threadId], {cwd, env: codexEnv, shell: isByShell});
				if (ending !== 0) {
					await waitForEnter(`Codex ended with ${typeof ending === 'number' ? `exit code ${ending}` : ending}.`);
				}
			});
			return undefined;
		},
		resumeLine: ({threadId, cwd}: Origin) =>
			resumeLine({threadId, cwd, home: codexHome === ownCodexHome ? null : codexHome}, process.platform),
		async openEvent(detail) {
			const text = await eventText(detail);
			return read(async writeFile => [await writeFile(`event-${detail.lines[0] ?? 0}.txt`, [Buffer.from(text)])]);
		},
		async openLogs(id) {
			const {bytes = 0, threadId} = (await store.session(id)) ?? {};
			if (bytes > mostBytes) {
				return `${bytesLabel(bytes)} are no text for an editor; codex-tui raw writes them out.`;
			}

			await store.redactions.record('reveal', {what: 'log'}, threadId);
			return read(writeFile => copyLogs(store.rawLines(id), writeFile));
		},
		refuses: filing => refusesFiling(filing, place),
		async sizesOf(paths) {
			return paths.map(file => fs.statSync(file, {throwIfNoEntry: false})?.size ?? null);
		},
		isOpen: async paths => isOpenElsewhere(paths),
		file: (filing, origin) => runFiling(filing, origin, place),
	};
};

/** Copies each log into a file of its own, from where its bytes are kept: the log, or the archive where it is gone. */
const copyLogs = async (lines: AsyncIterable<RawLine>, writeFile: WriteFile): Promise<string[]> => {
	const files: string[] = [];
	const iterator = lines[Symbol.asyncIterator]();
	let next = await iterator.next();
	while (!next.done) {
		const {path: log} = next.value;
		const pieces = async function* (): AsyncIterable<Uint8Array> {
			while (!next.done && next.value.path === log) {
				yield next.value.bytes;
				next = await iterator.next();
			}
		};
		const name = path.basename(log).replace(/\.zst$/, '');
		files.push(await writeFile(`not-redacted-${files.length + 1}-${name}`, pieces()));
	}

	return files;
};
