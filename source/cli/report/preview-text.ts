/** Most characters of a preview: some thousand lines, and more than anybody reads of one. */
const mostCharacters = 200_000;

/** A piece of a report, with the file it belongs to where there are several. */
export type PreviewPiece = {file: string | undefined; text: string};

/** The beginning of a report as one text, cut after a line. Whatever comes later is not even rendered. */
export const beginningOf = async <Piece>(
	pieces: AsyncIterable<Piece>,
	read: (piece: Piece) => PreviewPiece,
): Promise<string> => {
	const texts = new Map<string | undefined, string>();
	let room = mostCharacters;
	for await (const piece of pieces) {
		const {file, text} = read(piece);
		texts.set(file, (texts.get(file) ?? '') + beginning(text, room));
		room -= text.length;
		if (room <= 0) {
			break;
		}
	}

	return [...texts].map(([file, text]) => (file === undefined ? text : `== ${file} ==\n${text}`)).join('\n');
};

const beginning = (text: string, room: number): string => {
	if (text.length <= room) {
		return text;
	}

	const end = text.lastIndexOf('\n', room - 1) + 1;
	return text.slice(0, end > 0 ? end : room);
};
