import type {OriginOf} from '../../app/outside.js';
import type {Store} from '../../store/store.js';

/** Finds where sessions came from in a store that tells texts as they are. */
export const originIn =
	(store: Pick<Store, 'session' | 'sourceFiles'>): OriginOf =>
	async id => {
		const session = await store.session(id);
		if (session === undefined) {
			return undefined;
		}

		const files = await store.sourceFiles(id);
		// Lines of the prompt history are no log of the session's own.
		const paths = files.filter(({format}) => format !== 'history').map(({path}) => path);
		return {threadId: session.threadId, cwd: session.cwd, paths};
	};
