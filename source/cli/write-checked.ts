import fs from 'node:fs';
import path from 'node:path';
import {checkBytes, type Inspection, type LeakPlace} from '../disclose/check-bytes.js';
import {UserError} from '../model/problem.js';
import {plainPath} from '../text/paths.js';
import {Output} from './output.js';

export type CheckedOptions = {
	/** What the finished bytes are looked through with; without it they are not. */
	inspection: Inspection | undefined;
	/** Whether a file that is there already may be replaced. */
	replaces: boolean;
	signal?: AbortSignal | undefined;
	/** Share of the bytes that were looked through, 0 to 1. */
	onChecked?: ((share: number) => void) | undefined;
};

/** What a file or folder is called while a program writes it. */
export const partialOf = (place: string, pid: number): string => `${place}.${pid}.part`;

/** Most places that are listed. */
const mostListed = 20;

/**
Writes beside the file, looks through the finished bytes once more, and only then gives them their name: what fails, is
stopped, or holds what should not be shown leaves what was there. Readable by its owner alone.
*/
export const writeChecked = async (
	file: string,
	write: (output: Output) => Promise<void>,
	options: CheckedOptions,
): Promise<void> => {
	if (!options.replaces && fs.existsSync(file)) {
		throw new UserError(`${plainPath(file)} is there already. Choose another name, or replace it with --force.`);
	}

	const partial = partialOf(file, process.pid);
	try {
		await writePartial(partial, write);
		await checkFile(partial, options);
		options.signal?.throwIfAborted();
		await fs.promises.rename(partial, file);
	} catch (error) {
		await fs.promises.rm(partial, {force: true});
		throw explained(error, file, options.signal);
	}
};

/**
The same for several files, which become a folder of that name. A folder that is there is replaced only when it holds nothing but
such files.
*/
export const writeCheckedFolder = async (
	folder: string,
	files: readonly string[],
	write: (outputs: ReadonlyMap<string, Output>) => Promise<void>,
	options: CheckedOptions,
): Promise<void> => {
	refuseOtherFolder(folder, files, options.replaces);
	const partial = partialOf(folder, process.pid);
	const former = `${folder}.${process.pid}.old`;
	try {
		await fs.promises.mkdir(partial, {mode: 0o700});
		await writePartials(partial, files, write);
		for (const [index, file] of files.entries()) {
			const onChecked = (share: number): void => options.onChecked?.((index + share) / files.length);
			await checkFile(path.join(partial, file), {...options, onChecked}, file);
		}

		options.signal?.throwIfAborted();
		if (fs.existsSync(folder)) {
			await fs.promises.rename(folder, former);
		}

		await fs.promises.rename(partial, folder);
		await fs.promises.rm(former, {recursive: true, force: true});
	} catch (error) {
		await fs.promises.rm(partial, {recursive: true, force: true});
		throw explained(error, folder, options.signal);
	}
};

const refuseOtherFolder = (folder: string, files: readonly string[], replaces: boolean): void => {
	const there = fs.statSync(folder, {throwIfNoEntry: false});
	if (there === undefined) {
		return;
	}

	const entries = there.isDirectory() ? fs.readdirSync(folder) : undefined;
	if (entries === undefined || !entries.every(entry => files.includes(entry))) {
		throw new UserError(`${plainPath(folder)} holds other things. Choose a folder that is not there yet.`);
	}

	if (entries.length > 0 && !replaces) {
		throw new UserError(`${plainPath(folder)} is there already. Choose another name, or replace it with --force.`);
	}
};

/** Several new files at once, each of which waits for its own disk. */
const writePartials = async (
	folder: string,
	[file, ...others]: readonly string[],
	write: (outputs: ReadonlyMap<string, Output>) => Promise<void>,
	outputs: ReadonlyMap<string, Output> = new Map(),
): Promise<void> =>
	file === undefined
		? write(outputs)
		: writePartial(path.join(folder, file), output =>
				writePartials(folder, others, write, new Map([...outputs, [file, output]])),
			);

/** Writes a new file that its owner alone can read. */
export const writePartial = async (partial: string, write: (output: Output) => Promise<void>): Promise<void> => {
	const stream = fs.createWriteStream(partial, {mode: 0o600, flags: 'wx'});
	const failed = new Promise<never>((_, reject) => stream.on('error', reject));
	const closed = new Promise<void>(resolve => stream.once('close', resolve));
	try {
		const output = new Output(stream);
		await Promise.race([write(output).then(() => output.flush()), failed]);
		await Promise.race([new Promise<void>(resolve => stream.end(resolve)), failed]);
	} finally {
		// A file that was still being opened would come to be after it was taken away.
		stream.destroy();
		await closed;
	}
};

/** Throws when a finished file holds what should not be shown, or when that cannot be told. */
export const checkFile = async (
	file: string,
	{inspection, signal, onChecked}: Omit<CheckedOptions, 'replaces'>,
	/** What to call it, where there are several. */
	name?: string,
): Promise<void> => {
	if (inspection === undefined) {
		return;
	}

	const {size} = await fs.promises.stat(file);
	const bytes = fs.createReadStream(file, {highWaterMark: 256 * 1024}) as AsyncIterable<Buffer>;
	const places = await checkBytes(bytes, inspection, read => {
		signal?.throwIfAborted();
		onChecked?.(size === 0 ? 1 : read / size);
	}).catch(error => {
		throw error instanceof UserError || signal?.aborted ? error : notChecked(error);
	});
	if (places.length > 0) {
		throw new UserError(leakWords(places, name), 3);
	}
};

/** What was thrown is not quoted: it may hold what was looked at. */
const notChecked = (error: unknown): UserError => {
	const name = error instanceof Error ? error.name : 'unknown reason';
	return new UserError(`The finished text could not be looked through once more (${name}), so nothing was written.`, 1);
};

const leakWords = (places: readonly LeakPlace[], name?: string): string => {
	const where = name === undefined ? '' : `${name}, `;
	const listed = places.slice(0, mostListed).map(({line, rule}) => `\n  ${where}line ${line}: ${rule}`);
	const more = places.length > mostListed ? `\n  and ${places.length - mostListed} more` : '';
	return (
		'Nothing was written: the finished text held what looks like a secret or personal data. ' +
		`Add a rule that hides or allows it (docs/redaction.md).${listed.join('')}${more}`
	);
};

/** Somebody asked for an end. */
export const stopped = (): UserError => new UserError('Stopped: nothing was written.', 1);

/** A sentence for what a person can mend; anything else stays what it is. */
const explained = (error: unknown, file: string, signal: AbortSignal | undefined): unknown => {
	if (signal?.aborted === true) {
		return stopped();
	}

	const {code, syscall} = error as NodeJS.ErrnoException;
	return code === undefined || syscall === undefined || error instanceof UserError
		? error
		: new UserError(`${plainPath(file)} cannot be written (${code}). Choose another place with -o FILE.`, 1);
};
