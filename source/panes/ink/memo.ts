/** Characters of some eight frames of a large terminal; what Ink makes of one costs about two hundred bytes. */
export const someFrames = 100_000;

/** A memo over texts that forgets everything once it holds too many characters. */
export const memoByText = <Value>(limit: number, make: (text: string) => Value): ((text: string) => Value) => {
	const known = new Map<string, Value>();
	let characters = 0;
	return text => {
		const value = known.get(text);
		if (value !== undefined) {
			return value;
		}

		const made = make(text);
		characters += text.length;
		if (characters > limit) {
			known.clear();
			characters = text.length;
		}

		known.set(text, made);
		return made;
	};
};
