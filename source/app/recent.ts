/** A map that forgets what was used longest ago. */
export type Recent<Key, Value> = {
	get: (key: Key) => Value | undefined;
	set: (key: Key, value: Value) => void;
	delete: (key: Key) => void;
	keys: () => Key[];
};

export const recent = <Key, Value>(limit: number): Recent<Key, Value> => {
	const entries = new Map<Key, Value>();
	return {
		get(key) {
			const value = entries.get(key);
			if (value !== undefined) {
				entries.delete(key);
				entries.set(key, value);
			}

			return value;
		},
		set(key, value) {
			entries.delete(key);
			entries.set(key, value);
			const oldest = entries.keys().next();
			if (entries.size > limit && !oldest.done) {
				entries.delete(oldest.value);
			}
		},
		delete(key) {
			entries.delete(key);
		},
		keys: () => [...entries.keys()],
	};
};
