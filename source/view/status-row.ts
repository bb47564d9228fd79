import type {IngestProgress} from '../ingest/progress.js';
import {cutToWidth, padToWidth, rowWidth, textWidth} from '../text/cells.js';
import {bytesLabel, durationLabel, exactCountLabel, percentLabel} from '../text/labels.js';
import type {Row, Span} from '../text/span.js';
import {oneLine} from './spans.js';

export type Status = {
	progress: IngestProgress | undefined;
	/** Pieces of logs that could not be read, whenever that was. */
	problems: number;
	/** Lists them. */
	problemsKey: string;
	failure: string | undefined;
	notice: {text: string; level: 'info' | 'warning' | 'error'} | undefined;
	/** The filter being typed, split at its caret. */
	typing: {before: string; after: string; matches: number; total: number} | undefined;
	/** Tags or a note being typed. */
	entry?: TypedEntry | undefined;
	hints: readonly {key: string; hint: string}[];
};

export type TypedEntry = {
	label: string;
	before: string;
	after: string;
	/** What is wrong with it. */
	complaint: string | undefined;
	/** How it could go on; the key takes the first of them. */
	completions: readonly string[];
	completeKey: string;
};

const verbs: Record<IngestProgress['phase'], string> = {
	finding: 'Looking for logs',
	reading: 'Reading',
	archiving: 'Archiving',
	indexing: 'Indexing',
	redacting: 'Looking for secrets in',
	watching: '',
	waiting: 'Another program is reading the logs',
};

/** Progress in words, from most to least needed, to be cut from the end. */
export const progressParts = (progress: IngestProgress): string[] => {
	if (progress.phase === 'watching') {
		return [];
	}

	if (progress.phase === 'waiting') {
		return [verbs.waiting];
	}

	if (progress.phase === 'finding') {
		return [
			progress.filesTotal > 0 ? `${verbs.finding}: ${exactCountLabel(progress.filesTotal)} so far` : verbs.finding,
		];
	}

	const left =
		progress.secondsLeft === null
			? []
			: [`${durationLabel(Math.ceil(progress.secondsLeft) * 1000).replace('.0s', 's')} left`];
	return [
		`${verbs[progress.phase]} ${exactCountLabel(progress.filesDone)} of ${exactCountLabel(progress.filesTotal)} files`,
		...[percentLabel(progress.bytesDone, progress.bytesTotal)].filter(Boolean),
		...left,
		...(progress.bytesPerSecond > 0 ? [`${bytesLabel(progress.bytesPerSecond)}/s`] : []),
		`${bytesLabel(progress.bytesDone)} of ${bytesLabel(progress.bytesTotal)}`,
	];
};

const problemPart = ({progress, problems: known, problemsKey}: Status): Span | undefined => {
	const failures = progress?.failures ?? [];
	const problems = Math.max(known, progress?.problems ?? 0);
	const parts = [
		...(failures.length > 0
			? [`${exactCountLabel(failures.length)} ${failures.length === 1 ? 'file' : 'files'} failed`]
			: []),
		...(problems > 0 ? [`${exactCountLabel(problems)} ${problems === 1 ? 'problem' : 'problems'}`] : []),
	];
	return parts.length === 0 ? undefined : {text: `${parts.join(', ')} (${problemsKey})`, tone: 'warning'};
};

const progressSpans = (status: Status, width: number): Row => {
	const problem = problemPart(status);
	const room = width - (problem ? textWidth(problem.text) + 3 : 0);
	let text = '';
	for (const part of status.progress ? progressParts(status.progress) : []) {
		const longer = text === '' ? part : `${text} · ${part}`;
		if (textWidth(longer) > room && text !== '') {
			break;
		}

		text = longer;
	}

	return [
		...(text === '' ? [] : [{text: cutToWidth(text, Math.max(0, room))}]),
		...(text !== '' && problem ? [{text: ' · ', tone: 'dim'} as const] : []),
		...(problem ? [problem] : []),
	];
};

const typingSpans = ({before, after, matches, total}: NonNullable<Status['typing']>, width: number): Row => {
	const count = `  ${exactCountLabel(matches)} of ${exactCountLabel(total)}`;
	const room = Math.max(4, width - textWidth(count) - 3);
	return [{text: '/', tone: 'accent', bold: true}, ...lineSpans(before, after, room), {text: count, tone: 'dim'}];
};

/** A line with its caret; of a long one, the end before the caret. */
const lineSpans = (before: string, after: string, room: number): Span[] => {
	let shown = before;
	while (textWidth(shown) > room) {
		shown = shown.slice(Math.max(1, shown.length - room));
	}

	const [caret = ' '] = after === '' ? [' '] : after;
	return [
		{text: shown, bold: true},
		{text: caret, inverse: true},
		{text: after.slice(caret.length), bold: true},
	];
};

/** Room that the line keeps beside what is wrong with it. */
const leastLine = 12;

const entrySpans = ({label, before, after, complaint, completions, completeKey}: TypedEntry, width: number): Row => {
	const [first, ...others] = completions;
	const beside =
		complaint !== undefined
			? complaint
			: first === undefined
				? ''
				: `${completeKey}: ${[first, ...others.slice(0, 4)].join(', ')}`;
	const room = Math.max(leastLine, width - textWidth(label) - textWidth(before + after) - 4);
	const shown = cutToWidth(beside === '' ? '' : `  ${oneLine(beside)}`, room);
	return [
		{text: `${label} `, tone: 'accent', bold: true},
		...lineSpans(before, after, Math.max(4, width - textWidth(label) - textWidth(shown) - 4)),
		{text: shown, tone: complaint === undefined ? 'dim' : 'error'},
	];
};

const leftSpans = (status: Status, width: number): Row => {
	if (status.entry) {
		return entrySpans(status.entry, width);
	}

	if (status.typing) {
		return typingSpans(status.typing, width);
	}

	if (status.notice) {
		const {text, level} = status.notice;
		return [{text: oneLine(text), ...(level === 'info' ? {} : {tone: level})}];
	}

	if (status.failure !== undefined) {
		return [{text: oneLine(status.failure), tone: 'error'}];
	}

	return progressSpans(status, width);
};

const hintSpans = (hints: Status['hints'], room: number): Row => {
	const spans: Span[] = [];
	let used = 0;
	// The last hints (help, quit) lead everywhere else and are the last to go.
	const kept = new Set<number>();
	for (const index of [hints.length - 1, hints.length - 2, ...hints.keys()]) {
		const hint = hints[index];
		const width = hint ? textWidth(`${hint.key} ${hint.hint}  `) : 0;
		if (hint && !kept.has(index) && used + width <= room) {
			kept.add(index);
			used += width;
		}
	}

	for (const [index, {key, hint}] of hints.entries()) {
		if (kept.has(index)) {
			spans.push({text: key, tone: 'accent'}, {text: ` ${hint}  `, tone: 'dim'});
		}
	}

	return spans;
};

/** The bottom row: what is going on at the left, the keys that work here at the right. */
export const statusRow = (status: Status, width: number): Row => {
	const left = cutToWidth([{text: ' '}, ...leftSpans(status, width - 4)], width);
	const used = rowWidth(left);
	const hints = hintSpans(status.hints, width - used - 3);
	return [...padToWidth(left, Math.max(used, width - rowWidth(hints))), ...hints];
};
