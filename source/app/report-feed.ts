import type {Port} from './port.js';
import {noReporter, type ReportAnswer, type ReportAsked, type Reporter} from './reporter.js';
import type {Notice} from './state.js';

/** What is going on: a preview is made, it is there, the whole is written; or why there is none. */
type Stage = 'reading' | 'shown' | 'writing' | 'refused';

export type ReportFeed = {
	/** Makes a preview; `name` is what a file of it may be called. */
	preview: (asked: Promise<ReportAsked>, name: string) => void;
	/** The beginning of the report, or what was found in it; undefined while it is made. */
	text: () => string | undefined;
	stage: () => Stage;
	/** What the status line says meanwhile. */
	doing: () => string | undefined;
	/** The file to propose, or the one that was typed last. */
	file: () => string;
	rename: (file: string) => void;
	isThere: () => Promise<boolean>;
	write: (replaces: boolean) => void;
	/** Ends what is going on; answers whether a report was being written. */
	stop: () => boolean;
};

const words: Record<Stage, string | undefined> = {
	reading: 'Making the preview…',
	shown: undefined,
	writing: 'Writing the report…',
	refused: undefined,
};

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** One report at a time, from its preview to its file. */
export const createReportFeed = (port: Port): ReportFeed => {
	let asked: ReportAsked | undefined;
	let reporter: Reporter | undefined;
	let text: string | undefined;
	let stage: Stage = 'reading';
	let file = '';
	let running = new AbortController();

	const say = (said: string, level: Notice['level']): void =>
		port.dispatch({type: 'notice', notice: {text: said, level}});

	const isOpen = (): boolean => port.state().overlay?.kind === 'report';

	/** Starts something in place of what is going on; what comes of that later is told to nobody. */
	const begin = (next: Stage): AbortController => {
		running.abort();
		running = new AbortController();
		stage = next;
		port.redraw();
		return running;
	};

	/** A sentence fits into the status line; a list is shown as it is. */
	const refuse = (said: string, back: Stage): void => {
		const isList = said.includes('\n');
		stage = isList ? 'refused' : back;
		text = isList ? said : text;
		if (!isList) {
			say(said, 'warning');
		}

		if (stage === 'reading' && isOpen()) {
			port.dispatch({type: 'close'});
		}

		port.redraw();
	};

	const answered = async (work: () => Promise<ReportAnswer>): Promise<ReportAnswer> => {
		try {
			return await work();
		} catch (error) {
			return {isDone: false, text: sentence(error)};
		}
	};

	return {
		preview(wanted, name) {
			text = undefined;
			const own = begin('reading');
			const make = async (): Promise<void> => {
				const answer = await answered(async () => {
					[asked, reporter] = await Promise.all([wanted, port.loadReporter?.()]);
					file = reporter?.propose(name) ?? '';
					return reporter ? reporter.preview(asked, own.signal) : {isDone: false, text: noReporter};
				});
				if (own.signal.aborted) {
					return;
				}

				if (answer.isDone) {
					stage = 'shown';
					text = answer.text;
					port.redraw();
				} else {
					refuse(answer.text, 'reading');
				}
			};
			void make();
		},
		text: () => text,
		stage: () => stage,
		doing: () => words[stage],
		file: () => file,
		rename(typed) {
			file = typed;
		},
		isThere: async () => (await reporter?.isThere(file)) ?? false,
		write(replaces) {
			const place = {file, replaces};
			const own = begin('writing');
			const make = async (): Promise<void> => {
				const answer = await answered(async () =>
					reporter && asked ? reporter.write(asked, place, own.signal) : {isDone: false, text: noReporter},
				);
				if (own.signal.aborted) {
					say(answer.isDone ? answer.text : 'Cancelled: no report was written.', 'info');
				} else if (answer.isDone) {
					stage = 'shown';
					if (isOpen()) {
						port.dispatch({type: 'close'});
					}

					say(answer.text, 'info');
				} else {
					refuse(answer.text, 'shown');
				}
			};
			void make();
		},
		stop() {
			const wasWriting = stage === 'writing';
			running.abort();
			stage = 'shown';
			return wasWriting;
		},
	};
};
