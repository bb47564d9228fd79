/** Stands in for react-devtools-core, which Ink loads in development only: the bundle must not hold it. */
const noDevtools = {
	initialize: (): void => {},
	connectToDevTools: (): void => {},
};

export default noDevtools;
