import {Text} from 'ink';
import {memo, type ReactNode, useContext} from 'react';
import type {Row, Span} from '../text/span.js';
import {styleOf, type Theme, ThemeContext} from './theme.js';

export type RowLook = 'plain' | 'selected' | 'focused' | 'bar';

type Props = {
	row: Row;
	/** How the row stands among others. */
	look?: RowLook;
	/** Draws the marker column before the row and a blank after it. */
	isInset?: boolean;
};

const isPlain = (span: Span): boolean =>
	span.tone === undefined && !span.bold && !span.italic && !span.underline && !span.strikethrough && !span.inverse;

/** Text without a style of its own needs no node: every node costs Ink a pass over its text in every frame. */
const draw = (span: Span, key: number, theme: Theme): ReactNode =>
	isPlain(span) ? (
		span.text
	) : (
		<Text key={key} {...styleOf(theme, span)}>
			{span.text}
		</Text>
	);

/**
One screen row as one Text with a nested Text per styled span. The row is as wide as it is drawn: whoever
makes it cuts and fills it, so nothing here wraps or measures.
*/
export const RowText = memo(({row, look = 'plain', isInset = false}: Props) => {
	const theme = useContext(ThemeContext);
	const base = look === 'plain' ? {} : theme[look];
	const marker = look === 'focused' ? theme.marker : ' ';
	if (base.inverse) {
		// Colours turned inside out are a patchwork: an inverse row has none.
		return (
			<Text {...base} wrap='truncate'>
				{`${isInset ? marker : ''}${row.map(span => span.text).join('')}${isInset ? ' ' : ''}`}
			</Text>
		);
	}

	return (
		<Text {...base} wrap='truncate'>
			{isInset && look === 'focused' ? <Text {...theme.tones.accent}>{marker}</Text> : null}
			{isInset && look !== 'focused' ? marker : null}
			{row.map((span, index) => draw(span, index, theme))}
			{isInset ? ' ' : null}
		</Text>
	);
});
