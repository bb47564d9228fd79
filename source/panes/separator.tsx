import {Text} from 'ink';
import {memo, useContext} from 'react';
import {ThemeContext} from './theme.js';

type Props = {
	height: number;
	/** Drawn beside the pane in focus. */
	isFocused: boolean;
};

/** The line between two panes, in a column of its own. */
export const Separator = memo(({height, isFocused}: Props) => {
	const theme = useContext(ThemeContext);
	return <Text {...(isFocused ? theme.borderFocused : theme.border)}>{Array(height).fill('│').join('\n')}</Text>;
});
