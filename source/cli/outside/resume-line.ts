/** A word that shells take as it is. */
const plainWord = /^[\w@%+=:,./-]+$/;

/** A word for a POSIX shell, quoted where it has to be. */
export const shellWord = (word: string): string => (plainWord.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** A word for PowerShell, the shell that Windows opens. */
const powerShellWord = (word: string): string => `'${word.replaceAll("'", "''")}'`;

export type ResumeLine = {
	threadId: string;
	cwd: string | null;
	/** The Codex home, where it is another than Codex takes by itself. */
	home: string | null;
};

/** What a person types to go on with a session: into its folder, then Codex. */
export const resumeLine = ({threadId, cwd, home}: ResumeLine, platform: NodeJS.Platform): string => {
	if (platform === 'win32') {
		const parts = [
			...(cwd === null ? [] : [`cd ${powerShellWord(cwd)}`]),
			...(home === null ? [] : [`$env:CODEX_HOME = ${powerShellWord(home)}`]),
			`codex resume ${threadId}`,
		];
		return parts.join('; ');
	}

	const enter = cwd === null ? '' : `cd ${cwd.startsWith('-') ? '-- ' : ''}${shellWord(cwd)} && `;
	return `${enter}${home === null ? '' : `CODEX_HOME=${shellWord(home)} `}codex resume ${shellWord(threadId)}`;
};
