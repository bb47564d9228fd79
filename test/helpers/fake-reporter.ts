import type {ReportAnswer, ReportAsked, Reporter, ReportPlace} from '../../source/app/reporter.js';

export type FakeReporter = {
	reporter: Reporter;
	/** What was asked for; a place where it was to be written. */
	asked: {asked: ReportAsked; place: ReportPlace | undefined}[];
	/** Files that are there. */
	files: Set<string>;
	/** Answers the next request with this instead. */
	answerNext: (answer: ReportAnswer) => void;
	/** Answers nothing until it is called; the answer is that of a stopped program where that was asked for. */
	hold: () => () => void;
};

/** Makes reports of nothing, and writes down what was asked for. */
export const fakeReporter = (): FakeReporter => {
	const asked: FakeReporter['asked'] = [];
	const files = new Set<string>();
	let next: ReportAnswer | undefined;
	let held: Promise<void> | undefined;
	const answer = async (usual: () => ReportAnswer, signal: AbortSignal): Promise<ReportAnswer> => {
		const given = next;
		next = undefined;
		await held;
		return signal.aborted ? {isDone: false, text: 'Stopped: nothing was written.'} : (given ?? usual());
	};

	return {
		asked,
		files,
		answerNext(given) {
			next = given;
		},
		hold() {
			const {promise, resolve} = Promise.withResolvers<void>();
			held = promise;
			return () => {
				held = undefined;
				resolve();
			};
		},
		reporter: {
			propose: name => `~/reports/${name}`,
			isThere: async file => files.has(file),
			async preview(wanted, signal) {
				asked.push({asked: wanted, place: undefined});
				return answer(
					() => ({isDone: true, text: `# A report as ${wanted.format}\n\nwith [REDACTED:email#1]\n`}),
					signal,
				);
			},
			async write(wanted, place, signal) {
				asked.push({asked: wanted, place});
				return answer(() => {
					files.add(place.file);
					return {isDone: true, text: `Wrote ${place.file}: 1 session, 2 kB, 1 value redacted.`};
				}, signal);
			},
		},
	};
};
