// Preloaded into the explorer while it is measured: how long the thread that draws keeps what is due waiting.
import fs from 'node:fs';
import process from 'node:process';
import {isMainThread} from 'node:worker_threads';

/** Something is due so often, in ms. */
const stepMs = 5;

const file = process.env.UI_DELAY_FILE;

if (isMainThread && file !== undefined) {
	const delays = [];
	const from = performance.now() + stepMs;
	let due = from;
	const tick = () => {
		// All that came due while the thread was busy has waited, each for its own time.
		for (const now = performance.now(); due <= now; due += stepMs) {
			delays.push(now - due);
		}

		setTimeout(tick, due - performance.now()).unref();
	};

	setTimeout(tick, stepMs).unref();
	process.on('exit', () =>
		fs.writeFileSync(file, JSON.stringify({firstAt: performance.timeOrigin + from, stepMs, delays})),
	);
}
