import {Box} from 'ink';
import type {OverlayProps} from '../app/screen.js';
import {exactCountLabel} from '../text/labels.js';
import {RowText} from './row-text.js';

type Props = OverlayProps & {width: number; bodyHeight: number};

/** A text in place of the panes, such as the help: a heading, and the rows of its window. */
export const Overlay = ({title, head, rows, foot, top, height, rowCount, width, bodyHeight}: Props) => {
	const place = rowCount > height ? `  ${exactCountLabel(top + 1)}/${exactCountLabel(rowCount)}` : '';
	return (
		<Box flexDirection='column' width={width} height={bodyHeight} paddingLeft={1} flexShrink={0} overflow='hidden'>
			<RowText
				row={[
					{text: title, tone: 'heading', bold: true},
					{text: place, tone: 'dim'},
				]}
				isInset
			/>
			{[...head, ...rows].map((row, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: the place on screen is the identity of a row
				<RowText key={index} row={row} isInset />
			))}
			<Box flexGrow={1} />
			{foot.map((row, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: the place on screen is the identity of a row
				<RowText key={index} row={row} isInset />
			))}
		</Box>
	);
};
