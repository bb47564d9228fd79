/**
Keeps a terminal's late answer to a question about its colours from being taken for keys. Ink reports such
an answer as Alt-], its letters and Alt-\; between those two nothing is a key, for as long as an answer may
still come.
*/
export const createReplyGuard = (until: number, now = () => performance.now()): ((keys: string[]) => string[]) => {
	let isInside = false;
	return keys => {
		if (now() > until) {
			return keys;
		}

		return keys.filter(key => {
			if (isInside) {
				isInside = key !== 'alt-\\' && key !== '\u{7}';
				return false;
			}

			isInside = key === 'alt-]';
			return !isInside;
		});
	};
};
