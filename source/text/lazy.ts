/** A value that is made when it is first asked for: for what costs milliseconds to set up and is not always needed. */
export const lazy = <Value>(make: () => Value): (() => Value) => {
	let made: {value: Value} | undefined;
	return () => {
		made ??= {value: make()};
		return made.value;
	};
};
