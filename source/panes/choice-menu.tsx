import {Box, Text} from 'ink';
import SelectInput from 'ink-select-input';
import {useContext} from 'react';
import type {MenuProps} from '../app/screen.js';
import {RowText} from './row-text.js';
import {ThemeContext} from './theme.js';

type Props = MenuProps & {onChoose: (value: string) => void};

const Indicator = ({isSelected = false}: {isSelected?: boolean}) => {
	const theme = useContext(ThemeContext);
	return <Text {...(isSelected ? theme.tones.accent : {})}>{isSelected ? ' > ' : '   '}</Text>;
};

const Item = ({isSelected = false, label}: {isSelected?: boolean; label: string}) => {
	const theme = useContext(ThemeContext);
	return (
		<Text wrap='truncate' {...(isSelected ? theme.focused : {})}>
			{` ${label} `}
		</Text>
	);
};

/** A short choice in a drawer under the panes; it starts at the present value and wraps at its ends. */
export const ChoiceMenu = ({title, items, value, height, onChoose}: Props) => (
	<Box flexDirection='column' height={height + 1} flexShrink={0} overflow='hidden'>
		<RowText
			row={[
				{text: `${title}:`, tone: 'heading', bold: true},
				{text: ' Enter chooses', tone: 'dim'},
			]}
			isInset
		/>
		<SelectInput
			items={items.map(item => ({...item, key: item.value}))}
			initialIndex={Math.max(
				0,
				items.findIndex(item => item.value === value),
			)}
			limit={height}
			indicatorComponent={Indicator}
			itemComponent={Item}
			onSelect={item => onChoose(item.value)}
		/>
	</Box>
);
