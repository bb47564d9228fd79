import {Text} from 'ink';
import {memo, useContext} from 'react';
import type {Row} from '../text/span.js';
import {styleOf, ThemeContext} from './theme.js';

export type RowLook = 'plain' | 'selected' | 'focused' | 'bar';

type Props = {
	row: Row;
	/** How the row stands among others. */
	look?: RowLook;
	/** Draws the marker column before the row and a blank after it. */
	isInset?: boolean;
};

/**
One screen row as one Text with a nested Text per span. The row is as wide as it is drawn: whoever makes it
cuts and fills it, so nothing here wraps or measures.
*/
export const RowText = memo(({row, look = 'plain', isInset = false}: Props) => {
	const theme = useContext(ThemeContext);
	const base = look === 'plain' ? {} : theme[look];
	const marker = look === 'focused' ? theme.marker : ' ';
	const isInverse = base.inverse === true;
	return (
		<Text {...base} wrap='truncate'>
			{isInset ? <Text {...(isInverse ? {} : theme.tones.accent)}>{marker}</Text> : null}
			{row.map((span, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a span has no identity but its place in the row
				<Text key={index} {...(isInverse ? {bold: span.bold === true} : styleOf(theme, span))}>
					{span.text}
				</Text>
			))}
			{isInset ? ' ' : null}
		</Text>
	);
});
