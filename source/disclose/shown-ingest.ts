import type {IngestHandle, IngestProgress} from '../ingest/progress.js';
import type {FileFailure} from '../model/problem.js';
import type {Shown} from './shown.js';

/**
An ingest whose failures may be shown: they name files and may say what stands in them. What follows a failure waits for
its words, so that nothing overtakes.
*/
export const shownIngest = (ingest: IngestHandle, show: <T>(value: T) => Promise<Shown<T>>): IngestHandle => {
	let failures: {raw: readonly FileFailure[]; shown: FileFailure[]} = {raw: [], shown: []};
	let before: Promise<void> = Promise.resolve();
	let waiting = 0;
	const inTurn = (work: () => void | Promise<void>): void => {
		waiting++;
		before = before.then(work).finally(() => {
			waiting--;
		});
	};

	const isKnown = (raw: readonly FileFailure[]): boolean =>
		raw.length === failures.raw.length && raw.every(({path}, index) => path === failures.raw[index]?.path);

	return {
		...ingest,
		onProgress(listener) {
			ingest.onProgress((progress: IngestProgress) => {
				const raw = progress.failures;
				const tell = (): void => listener({...progress, failures: failures.shown});
				if (waiting === 0 && isKnown(raw)) {
					tell();
					return;
				}

				inTurn(async () => {
					if (!isKnown(raw)) {
						failures = {raw, shown: await show([...raw]).catch(() => raw.map(() => hidden))};
					}

					tell();
				});
			});
		},
		onFailure(listener) {
			ingest.onFailure(message =>
				inTurn(async () => listener(message && (await show(message).catch(() => 'Reading logs failed.')))),
			);
		},
	};
};

/** A failure of which nothing can be told, since what looks through it is gone. */
const hidden: FileFailure = {path: '…', reason: 'it cannot be told now'};
