import {type Command, say} from './command.js';
import {keyOf} from './key-lookup.js';
import {selectedId} from './list-state.js';

/** Shows the selected session as it is, or redacted again. */
export const toggleReveal: Command = context => {
	const {keys, state, data, dispatch, covering} = context;
	const session = data.sessions.item(selectedId(state().lists.sessions))?.session;
	const id = session?.id;
	if (id === undefined || covering === undefined) {
		say(context, 'No session is selected.');
		return;
	}

	const isRevealed = !state().revealed.has(id);
	covering.reveal(id, isRevealed).then(
		() => {
			dispatch({type: 'reveal', session: id, isRevealed});
			dispatch({
				type: 'notice',
				notice: isRevealed
					? {
							text: `This session is shown as it is, which was noted. ${keyOf(keys, 'toggleReveal')} hides it again.`,
							level: 'warning',
						}
					: {text: 'This session is redacted again.', level: 'info'},
			});
		},
		(error: unknown) => dispatch({type: 'notice', notice: {text: `It stays hidden: ${String(error)}`, level: 'error'}}),
	);
};
