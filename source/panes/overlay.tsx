import {Box} from 'ink';
import type {OverlayProps} from '../app/overlay-content.js';
import type {Row} from '../text/span.js';
import {RowText} from './row-text.js';
import {Separator} from './separator.js';

type Props = OverlayProps & {width: number; bodyHeight: number};

const drawn = (rows: readonly Row[], selected = -1) =>
	rows.map((row, index) => (
		// biome-ignore lint/suspicious/noArrayIndexKey: the place on screen is the identity of a row
		<RowText key={index} row={row} look={index === selected ? 'focused' : 'plain'} isInset />
	));

/** Something in place of the panes, such as the help or the search: a heading, and the rows of its window. */
export const Overlay = ({heading, head, rows, foot, selected, beside, width, bodyHeight}: Props) => {
	// What has no room is left out here: Ink takes twice as long for a frame in which it has to clip.
	const above = head.slice(0, bodyHeight - 1);
	const below = foot.slice(0, Math.max(0, bodyHeight - 1 - above.length));
	const room = Math.max(0, bodyHeight - 1 - above.length - below.length);
	return (
		<Box flexDirection='column' width={width} height={bodyHeight} paddingLeft={1} flexShrink={0}>
			<RowText row={heading} isInset />
			{drawn(above)}
			<Box height={room} flexShrink={0}>
				<Box flexDirection='column' flexGrow={1}>
					{drawn(rows.slice(0, room), selected)}
				</Box>
				{beside && room > 0 ? (
					<>
						<Separator height={room} isFocused={false} />
						<Box flexDirection='column' width={beside.width + 2} flexShrink={0}>
							{drawn(beside.rows.slice(0, room))}
						</Box>
					</>
				) : null}
			</Box>
			{drawn(below)}
		</Box>
	);
};
