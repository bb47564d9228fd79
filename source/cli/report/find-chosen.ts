import fs from 'node:fs';
import type {ShownStore} from '../../disclose/shown.js';
import {UserError} from '../../model/problem.js';
import type {ChosenSession} from '../../report/chosen.js';
import {findSession} from '../find-session.js';

const part = /^(?<session>.+)(?:#(?<prompt>\d{1,7})|:(?<line>\d{1,9}))$/;

/** What references mean: `SESSION`, a prompt as `SESSION#2`, an event as `SESSION:118`. */
export const findChosen = async (store: ShownStore, references: readonly string[]): Promise<ChosenSession[]> => {
	const chosen: ChosenSession[] = [];
	for (const reference of references) {
		chosen.push(await findOne(store, reference));
	}

	return chosen;
};

const findOne = async (store: ShownStore, reference: string): Promise<ChosenSession> => {
	const {session: name, prompt, line} = (fs.existsSync(reference) ? undefined : part.exec(reference)?.groups) ?? {};
	const session = await findSession(store, name ?? reference);
	if (prompt !== undefined) {
		const index = Number(prompt);
		const count = (await store.listPrompts(session.id)).filter(({asker}) => asker === 'person').length;
		if (index < 1 || index > count) {
			throw new UserError(
				count === 0
					? `Session ${session.threadId} has no prompts. Leave out #${prompt}.`
					: `Session ${session.threadId} has no prompt ${prompt}. Choose one from 1 to ${count}.`,
			);
		}

		return {session, prompts: new Set([index])};
	}

	return line === undefined ? {session} : {session, lines: new Set([Number(line)])};
};
