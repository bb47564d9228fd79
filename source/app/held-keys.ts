/** How long a key waits for the rows that it is about. */
const longestMs = 1000;

export type HeldKeys = {
	/** Acts on a key now, or holds it; answers whether it acted. */
	press: (key: string) => boolean;
	/** What keys wait for may have come. */
	release: () => void;
	stop: () => void;
};

/**
Keys typed ahead of the rows they are about wait for those, in their order and not for long: `Enter Enter Enter` in
one go walks in three panes.
*/
export const createHeldKeys = ({
	act,
	mustWait,
}: {
	act: (key: string) => void;
	mustWait: (key: string) => boolean;
}): HeldKeys => {
	let keys: string[] = [];
	let timer: NodeJS.Timeout | undefined;
	let isReleasing = false;

	const stop = (): void => {
		keys = [];
		clearTimeout(timer);
		timer = undefined;
	};

	const giveUp = (): void => {
		const late = keys;
		stop();
		for (const key of late) {
			act(key);
		}
	};

	const releaseNow = (): void => {
		isReleasing = false;
		for (let key = keys[0]; key !== undefined && !mustWait(key); key = keys[0]) {
			keys.shift();
			act(key);
		}

		if (keys.length === 0) {
			stop();
		}
	};

	return {
		press(key) {
			if (keys.length === 0 && !mustWait(key)) {
				act(key);
				return true;
			}

			keys.push(key);
			timer ??= setTimeout(giveUp, longestMs);
			return false;
		},
		release() {
			// Later, since whoever brought the rows is not done yet.
			if (keys.length > 0 && !isReleasing) {
				isReleasing = true;
				queueMicrotask(releaseNow);
			}
		},
		stop,
	};
};
