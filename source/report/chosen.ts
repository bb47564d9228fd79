import type {PromptId, SessionSummary} from '../model/session.js';

/** A session that a report tells, whole or in part. */
export type ChosenSession<Session extends SessionSummary = SessionSummary> = {
	session: Session;
	/** Prompts by their number from 1; all without it and `promptIds`. */
	prompts?: ReadonlySet<number>;
	/** Prompts by id. */
	promptIds?: ReadonlySet<PromptId | 'prelude'>;
	/** Events by the first line that records them. */
	lines?: ReadonlySet<number>;
};

export const isWhole = ({prompts, promptIds, lines}: ChosenSession): boolean =>
	prompts === undefined && promptIds === undefined && lines === undefined;

/** Whether a prompt was asked for, as far as it tells itself. */
export const wantsPrompt = (
	{prompts, promptIds, lines}: ChosenSession,
	{id, index}: {id: PromptId; index: number},
): boolean =>
	(prompts === undefined && promptIds === undefined) ||
	prompts?.has(index) === true ||
	promptIds?.has(id) === true ||
	lines !== undefined;

/** Several choices of one session are one. */
export const joinChoices = <Session extends SessionSummary>(
	choices: readonly ChosenSession<Session>[],
): ChosenSession<Session>[] =>
	[...Map.groupBy(choices, ({session}) => session.id).values()].flatMap(group => {
		const [first] = group;
		if (first === undefined) {
			return [];
		}

		if (group.some(isWhole)) {
			return [{session: first.session}];
		}

		const union = <T>(sets: readonly (ReadonlySet<T> | undefined)[]): Set<T> | undefined => {
			const given = sets.filter(set => set !== undefined);
			return given.length === 0 ? undefined : new Set(given.flatMap(set => [...set]));
		};
		const prompts = union(group.map(one => one.prompts));
		const promptIds = union(group.map(one => one.promptIds));
		const lines = union(group.map(one => one.lines));
		return [
			{
				session: first.session,
				...(prompts === undefined ? {} : {prompts}),
				...(promptIds === undefined ? {} : {promptIds}),
				...(lines === undefined ? {} : {lines}),
			},
		];
	});
