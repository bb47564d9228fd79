/** Passes on the first value at once and then at most one per `ms`, the newest; nothing comes after `stop`. */
export const throttled = <Value>(
	ms: number,
	pass: (value: Value) => void,
): {give: (value: Value) => void; stop: () => void} => {
	let timer: NodeJS.Timeout | undefined;
	let waiting: {value: Value} | undefined;
	let isStopped = false;

	const tick = (): void => {
		timer = undefined;
		if (waiting && !isStopped) {
			const {value} = waiting;
			waiting = undefined;
			pass(value);
			timer = setTimeout(tick, ms);
		}
	};

	return {
		give(value) {
			waiting = {value};
			if (!timer) {
				tick();
			}
		},
		stop() {
			isStopped = true;
			clearTimeout(timer);
		},
	};
};
