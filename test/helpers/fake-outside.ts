import type {Origin, Outside, Trouble} from '../../source/app/outside.js';

export type FakeOutside = {
	outside: () => Promise<Outside>;
	origin: (id: number) => Promise<Origin | undefined>;
	/** What was asked for, in words. */
	asked: string[];
	/** Answers the next requests with this. */
	refuse: (trouble: Trouble) => void;
	/** Another program has this log open. */
	open: (path: string | undefined) => void;
};

/** Nothing outside of the test: what is asked for is written down. Every log measures 1000 bytes but those that are gone. */
export const fakeOutside = (cwd: string | null = '/srv/boat yard'): FakeOutside => {
	const asked: string[] = [];
	let trouble: Trouble;
	let opened: string | undefined;
	const note = async (words: string): Promise<Trouble> => {
		asked.push(words);
		return trouble;
	};

	return {
		asked,
		refuse(given) {
			trouble = given;
		},
		open(path) {
			opened = path;
		},
		async origin(id) {
			return {threadId: threadOf(id), cwd, paths: [`/home/ada/.codex/sessions/rollout-${id}.jsonl`]};
		},
		outside: async () => ({
			resume: async ({threadId, cwd: folder}) => note(`resume ${threadId} in ${folder}`),
			resumeLine: ({threadId}) => `codex resume ${threadId}`,
			openEvent: async ({lines}) => note(`open event of line ${lines[0]}`),
			openLogs: async id => note(`open logs of ${id}`),
			refuses: async filing => note(`can ${filing}`),
			async sizesOf(paths) {
				return paths.map(path => (path.includes('gone') ? null : 1000));
			},
			isOpen: async paths => opened !== undefined && paths.includes(opened),
			file: async (filing, {threadId}) => note(`${filing} ${threadId}`),
		}),
	};
};

/** A thread id as Codex makes them. */
export const threadOf = (id: number): string => `0196c0de-0000-7000-8000-${String(id).padStart(12, '0')}`;
