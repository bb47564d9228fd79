import {foldedName, noSessionAnnotations, type TagChange, tagName} from '../model/annotation.js';
import {UserError} from '../model/problem.js';
import type {CommandContext} from './context.js';
import {findSession} from './find-session.js';
import {oneLine} from './write-events.js';

/** Checks the tags, before logs are read; what comes back changes and lists those of a session. */
export const prepareTag = (words: readonly string[]) => {
	const change = changeOf(words);
	return async ({store, stdout}: CommandContext, reference: string): Promise<void> => {
		const {threadId} = await findSession(store, reference);
		if (words.length > 0) {
			await store.annotations.tag([threadId], change);
		}

		const {tags} = (await store.annotations.sessions()).get(threadId) ?? noSessionAnnotations;
		for (const tag of tags) {
			await stdout.writeLine(oneLine(tag));
		}
	};
};

const changeOf = (words: readonly string[]): TagChange => {
	const [add, remove] = ['+', '-'].map(sign =>
		words.filter(word => word.startsWith(sign)).map(word => tagName(word.slice(1))),
	) as [string[], string[]];
	const plain = words.find(word => !/^[+-]/.test(word));
	if (plain !== undefined) {
		throw new UserError(`"${plain}" has no sign. Write +${plain} to add the tag, or -${plain} to take it away.`);
	}

	const twice = add.find(name => remove.some(other => foldedName(other) === foldedName(name)));
	if (twice !== undefined) {
		throw new UserError(`The tag "${twice}" is added and taken away at once. Keep one of the two.`);
	}

	return {add, remove};
};
