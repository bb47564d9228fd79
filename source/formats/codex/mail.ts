/** How mail between agents of the second generation begins. */
const heading = /^Message Type: .+\nTask name: (.+)\nSender: .+\nPayload:\n/;

/** What mail between agents is about: its words, or its task where the words are encrypted. */
export const subjectOfMail = (text: string): string => {
	const match = heading.exec(text);
	if (match === null) {
		return text;
	}

	const words = text.slice(match[0].length).trim();
	return words === '' || words === '[encrypted]' ? (match[1] ?? '') : words;
};
