import {Box} from 'ink';
import type {PaneProps} from '../app/screen.js';
import {RowText} from './row-text.js';

type Props = PaneProps & {hasTitle: boolean};

/**
A heading and the rows of a window. Serves the three lists and the detail alike, since all of them come as
rows. Rows are keyed by their place on screen, so that scrolling changes texts and never mounts anything. They are cut to the pane
by whoever made them: Ink takes twice as long for a frame in which it has to clip.
*/
export const Pane = ({heading, rows, selected, empty, footer, width, height, isFocused, hasTitle}: Props) => (
	<Box flexDirection='column' width={width} height={height + Number(hasTitle)} flexShrink={0}>
		{hasTitle ? <RowText row={heading} isInset /> : null}
		{(rows.length > 0 ? rows : empty).slice(0, height).map((row, index) => (
			<RowText
				// biome-ignore lint/suspicious/noArrayIndexKey: the place on screen is the identity, see above
				key={index}
				row={row}
				isInset
				look={index === selected ? (isFocused ? 'focused' : 'selected') : 'plain'}
			/>
		))}
		{footer ? (
			<>
				<Box flexGrow={1} />
				<RowText row={footer} isInset />
			</>
		) : null}
	</Box>
);
