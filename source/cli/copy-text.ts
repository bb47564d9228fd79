import process from 'node:process';

/** Longest text that terminals take by their own clipboard sequence, in characters of base64. */
const longestSequence = 74_994;

/** Over SSH the clipboard of the machine that the program runs on is not the person's. */
const isRemote = ({SSH_TTY, SSH_CONNECTION}: NodeJS.ProcessEnv): boolean =>
	SSH_TTY !== undefined || SSH_CONNECTION !== undefined;

/** Which clipboard took a text: that of the system, or the terminal's, which does not say whether it did. */
export type TakenBy = 'system' | 'terminal';

type Clipboard = {write: (text: string) => Promise<void>};

type Surroundings = {
	env: NodeJS.ProcessEnv;
	clipboard: () => Promise<Clipboard>;
	/** The terminal. */
	output: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;
};

/** The terminal's own clipboard (OSC 52), which works over SSH and in containers where the terminal allows it. */
const bySequence = (text: string, {output}: Surroundings): boolean => {
	const content = Buffer.from(text).toString('base64');
	if (!output.isTTY || content.length > longestSequence) {
		return false;
	}

	output.write(`\u{1B}]52;c;${content}\u{7}`);
	return true;
};

/** Puts a text into the clipboard. Answers which one took it, if any did. */
export const copyText = async (
	text: string,
	surroundings: Surroundings = {
		env: process.env,
		clipboard: async () => (await import('clipboardy')).default,
		output: process.stdout,
	},
): Promise<TakenBy | undefined> => {
	if (isRemote(surroundings.env) && bySequence(text, surroundings)) {
		return 'terminal';
	}

	try {
		const clipboard = await surroundings.clipboard();
		await clipboard.write(text);
		return 'system';
	} catch {
		return bySequence(text, surroundings) ? 'terminal' : undefined;
	}
};
