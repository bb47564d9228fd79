/** Goes up when the same lines would give other rows. Apart from the format itself, so that it can be told without loading that. */
export const codexVersion = {id: 'codex', version: 3} as const;
