import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const isProgram = (file: string): boolean => {
	try {
		fs.accessSync(file, fs.constants.X_OK);
		return fs.statSync(file).isFile();
	} catch {
		return false;
	}
};

/** The file that a shell would run for a name, or undefined where there is none. */
export const findProgram = (
	name: string,
	env: Readonly<Record<string, string | undefined>>,
	platform: NodeJS.Platform = process.platform,
): string | undefined => {
	const endings = platform === 'win32' ? (env['PATHEXT'] ?? '.EXE;.CMD;.BAT').split(';') : [''];
	// An empty entry would be the folder that one happens to be in, which is no place to take programs from.
	const folders = (env['PATH'] ?? env['Path'] ?? '').split(path.delimiter).filter(folder => path.isAbsolute(folder));
	return folders.flatMap(folder => endings.map(ending => path.join(folder, `${name}${ending}`))).find(isProgram);
};
