/** Oldest Node that can run codex-tui: the first with zstd. */
const needed = [22, 15] as const;

/** A sentence when this Node is too old; nothing else may load then, as native parts would crash it. */
export const nodeComplaint = (version: string): string | undefined => {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const isEnough = major > needed[0] || (major === needed[0] && minor >= needed[1]);
	return isEnough
		? undefined
		: `codex-tui needs Node ${needed.join('.')} or newer, and this is Node ${version}: install a newer one and start again.`;
};
