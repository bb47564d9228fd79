import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import type {ReportAnswer, ReportAsked, Reporter} from '../../app/reporter.js';
import {absolutePath, shortPath} from '../../config/folders.js';
import type {Settings} from '../../config/settings.js';
import {requireReportsFolder} from '../../config/writable-folders.js';
import {makeFolder} from '../../files/make-folder.js';
import {packageRoot} from '../../files/package-root.js';
import {UserError} from '../../model/problem.js';
import {exactCountLabel} from '../../text/labels.js';
import {plainPath} from '../../text/paths.js';
import {plainText} from '../../text/sanitize.js';
import {readByAnother} from '../refresh.js';
import {partialOf} from '../write-checked.js';
import {runReport} from './run-report.js';

export type ReporterOptions = {
	settings: Pick<Settings, 'reportsDir' | 'source'>;
	/** Flags by which the explorer was told where its logs and its database are. */
	flags: readonly string[];
	/** What runs this program: Node, and the file that it starts with. */
	program?: readonly string[];
};

/** Characters of references that a command line takes, with room for the rest; Windows takes 32,767 of all. */
const mostCharacters = process.platform === 'win32' ? 24_000 : 500_000;

const thisProgram = (): string[] => [process.execPath, fileURLToPath(new URL('dist/launch.js', packageRoot()))];

/** Makes reports by running the command `report` of this program, so that both say the same. */
export const openReporter = ({settings, flags, program = thisProgram()}: ReporterOptions): Reporter => {
	const {reportsDir} = settings;
	/** As it was typed: `~` is the home folder, and a name alone lies in the folder for reports. */
	const placeOf = (file: string): string => absolutePath(file, {home: os.homedir(), current: reportsDir});

	const commandOf = (asked: ReportAsked, more: readonly string[]): string[] => {
		const {references, hasAutomation, format, mode, cap} = asked;
		if (references.reduce((sum, reference) => sum + reference.length + 1, 0) > mostCharacters) {
			throw new UserError(
				`${exactCountLabel(references.length)} sessions are more than a command takes by name. Narrow the filter down, or clear it to report all.`,
			);
		}

		return [
			...program,
			'report',
			...references,
			...['--format', format, '--mode', mode],
			...(cap === undefined ? [] : ['--cap', cap]),
			...(hasAutomation ? ['--automation'] : []),
			...flags,
			...more,
		];
	};

	return {
		propose: name => shortPath(path.join(reportsDir, name)),
		isThere: async file => fs.existsSync(placeOf(file)),
		preview: async (asked, signal) =>
			explained(async () => {
				const {exitCode, stdout, stderr} = await runReport(commandOf(asked, ['--preview']), signal);
				return exitCode === 0 ? {isDone: true, text: stdout} : refusal(stderr);
			}),
		write: async (asked, {file, replaces}, signal) =>
			explained(async () => {
				const place = placeOf(file);
				if (path.dirname(place) === reportsDir) {
					requireReportsFolder(settings);
					makeFolder(reportsDir);
				}

				const more = ['-o', place, ...(replaces ? ['--force'] : [])];
				const {exitCode, stderr, pid} = await runReport(commandOf(asked, more), signal);
				if (exitCode === 0) {
					return {isDone: true, text: writtenWords(place, stderr)};
				}

				if (pid !== undefined) {
					// Where a signal is no request, as on Windows, it had no time to tidy up.
					await fs.promises.rm(partialOf(place, pid), {recursive: true, force: true});
				}

				return refusal(stderr);
			}),
	};
};

const explained = async (work: () => Promise<ReportAnswer>): Promise<ReportAnswer> => {
	try {
		return await work();
	} catch (error) {
		if (error instanceof UserError) {
			return {isDone: false, text: plainText(error.message)};
		}

		throw error;
	}
};

/** What the command complained of. That logs are being read is known here. */
const refusal = (stderr: string): ReportAnswer => {
	const lines = stderr.split('\n').filter(line => line !== '' && line !== readByAnother);
	return {isDone: false, text: plainText(lines.join('\n')) || 'The report ended before it was done.'};
};

/** What was written first, as a narrow screen cuts the end. */
const writtenWords = (place: string, stderr: string): string => {
	const facts = /^Wrote .*: (.*)\.$/m.exec(stderr)?.[1];
	const folder = shortPath(path.dirname(place));
	return `Wrote ${plainPath(path.basename(place))}${facts === undefined ? '' : `: ${facts}`}, in ${plainPath(folder)}.`;
};
