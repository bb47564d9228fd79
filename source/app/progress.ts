import type {IngestProgress} from '../ingest/progress.js';

/** While nothing is read, only trouble is worth a frame. */
const isSame = (a: IngestProgress, b: IngestProgress): boolean =>
	a.phase === b.phase &&
	a.problems === b.problems &&
	a.failures.length === b.failures.length &&
	(a.phase === 'watching' ||
		(a.filesDone === b.filesDone &&
			a.filesTotal === b.filesTotal &&
			a.bytesDone === b.bytesDone &&
			a.bytesTotal === b.bytesTotal &&
			a.secondsLeft === b.secondsLeft));

/**
What the status line shows next: the same object while nothing worth a frame has changed. Once all was read,
looking for new logs every few seconds is part of watching, of indexing words and of looking for secrets.
*/
export const nextProgress = (before: IngestProgress | undefined, next: IngestProgress): IngestProgress => {
	if (!before) {
		return next;
	}

	// Both are left every few seconds to look for new lines; that nothing was found is no news.
	if (
		(before.phase === 'indexing' || before.phase === 'redacting') &&
		next.phase !== 'watching' &&
		next.filesTotal === 0
	) {
		return before;
	}

	const settled: IngestProgress =
		before.phase === 'watching' && next.phase === 'finding' ? {...next, phase: 'watching'} : next;
	return isSame(before, settled) ? before : settled;
};
