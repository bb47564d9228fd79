import type {ThemeEnvironment} from './theme.js';

type Background = ThemeEnvironment['background'];

/** Asks for the background, then for the kind of terminal: every terminal answers that, and in order. */
const question = '\u{1B}]11;?\u{1B}\\\u{1B}[c';
const colourReply = /\u{1B}\]11;([^\u{7}\u{1B}]*)(?:\u{7}|\u{1B}\\)/u;
const kindReply = /\u{1B}\[\?[\d;]*c/u;

/** `rgb:1a1a/1b1b/2626` and its shorter spellings → dark or light by how bright the eye finds it. */
export const brightnessOf = (reply: string): Background => {
	const parts = /^rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})/i.exec(reply);
	if (!parts) {
		return undefined;
	}

	const [red = 0, green = 0, blue = 0] = parts
		.slice(1, 4)
		.map(part => Number.parseInt(part, 16) / (16 ** part.length - 1));
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5 ? 'light' : 'dark';
};

/** The background in a terminal's answer that came on its own, such as `11;rgb:1a1a/1b1b/2626`. */
export const backgroundIn = (reply: string): Background =>
	reply.startsWith('11;') ? brightnessOf(reply.slice(3)) : undefined;

/** Takes the terminal's answers out of what was typed meanwhile. */
export const splitReplies = (input: string): {background: Background; isComplete: boolean; typed: string} => {
	const colour = colourReply.exec(input)?.[1];
	return {
		background: colour === undefined ? undefined : brightnessOf(colour),
		isComplete: kindReply.test(input),
		typed: input.replace(colourReply, '').replace(kindReply, ''),
	};
};

type Input = Pick<NodeJS.ReadStream, 'on' | 'off' | 'read' | 'unshift' | 'isTTY' | 'setRawMode'>;
type Output = Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;

/**
Asks the terminal for its background and waits at most `ms`. Keys typed meanwhile go back into the stream,
for whoever reads it next.
*/
export const askBackground = async (input: Input, output: Output, ms: number): Promise<Background> => {
	if (!input.isTTY || !output.isTTY) {
		return undefined;
	}

	const {promise, resolve} = Promise.withResolvers<void>();
	let received = '';
	// Read as Ink does: what arrives once nobody listens is kept for the next reader.
	const onReadable = (): void => {
		for (let data = input.read() as Buffer | string | null; data !== null; data = input.read()) {
			received += data.toString();
		}

		if (splitReplies(received).isComplete) {
			resolve();
		}
	};

	input.setRawMode(true);
	input.on('readable', onReadable);
	output.write(question);
	const timer = setTimeout(resolve, ms);
	await promise;
	clearTimeout(timer);
	input.off('readable', onReadable);
	const {background, typed} = splitReplies(received);
	if (typed !== '') {
		input.unshift(Buffer.from(typed));
	}

	return background;
};
