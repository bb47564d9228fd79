import {type Command, say} from './command.js';
import {keyOf} from './key-lookup.js';
import {selectedId} from './list-state.js';

/** Stays at the newest prompt and event of the selected session while it grows; again, stops that. */
export const follow: Command = context => {
	const {state, data, dispatch} = context;
	const item = data.sessions.item(selectedId(state().lists.sessions));
	if (state().following !== undefined) {
		dispatch({type: 'follow', session: undefined});
		say(context, 'No longer following.');
	} else if (item && !item.isReading) {
		dispatch({type: 'follow', session: item.session.id});
		const isLive = data.live.isLive(item.id);
		say(
			context,
			isLive
				? `Following; ${keyOf(context.keys, 'follow')} or a key that moves ends it.`
				: 'Following; nothing is being written just now.',
		);
	} else {
		say(context, item ? 'This session is still being read.' : 'No session is selected.');
	}
};
