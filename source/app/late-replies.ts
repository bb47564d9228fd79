/**
Keeps a terminal's late answer to a question about its colours from being taken for keys. Ink reports such
an answer as Alt-], its letters and Alt-\; between those two nothing is a key, for as long as an answer may
still come. What it says is handed to `onReply`, such as `11;rgb:1a1a/1b1b/2626`.
*/
export const createReplyGuard = (
	until: number,
	onReply: (reply: string) => void = () => {},
	now = () => performance.now(),
): ((keys: string[]) => string[]) => {
	let isInside = false;
	let reply = '';
	return keys => {
		if (now() > until) {
			return keys;
		}

		return keys.filter(key => {
			if (isInside) {
				isInside = key !== 'alt-\\' && key !== '\u{7}';
				if (isInside) {
					reply += key;
				} else {
					onReply(reply);
					reply = '';
				}

				return false;
			}

			isInside = key === 'alt-]';
			return !isInside;
		});
	};
};
