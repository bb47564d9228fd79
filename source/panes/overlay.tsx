import {Box} from 'ink';
import type {OverlayProps} from '../app/overlay-content.js';
import {RowText} from './row-text.js';
import {Separator} from './separator.js';

type Props = OverlayProps & {width: number; bodyHeight: number};

/** Something in place of the panes, such as the help or the search: a heading, and the rows of its window. */
export const Overlay = ({heading, head, rows, foot, selected, beside, width, bodyHeight}: Props) => (
	<Box flexDirection='column' width={width} height={bodyHeight} paddingLeft={1} flexShrink={0} overflow='hidden'>
		<RowText row={heading} isInset />
		{head.map((row, index) => (
			// biome-ignore lint/suspicious/noArrayIndexKey: the place on screen is the identity of a row
			<RowText key={index} row={row} isInset />
		))}
		<Box flexGrow={1} overflow='hidden'>
			<Box flexDirection='column' flexGrow={1}>
				{rows.map((row, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: the place on screen is the identity of a row
					<RowText key={index} row={row} look={index === selected ? 'focused' : 'plain'} isInset />
				))}
			</Box>
			{beside ? (
				<>
					<Separator height={Math.max(1, bodyHeight - head.length - 1)} isFocused={false} />
					<Box flexDirection='column' width={beside.width + 2} flexShrink={0}>
						{beside.rows.map((row, index) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: the place on screen is the identity of a row
							<RowText key={index} row={row} isInset />
						))}
					</Box>
				</>
			) : null}
		</Box>
		{foot.map((row, index) => (
			// biome-ignore lint/suspicious/noArrayIndexKey: the place on screen is the identity of a row
			<RowText key={index} row={row} isInset />
		))}
	</Box>
);
