import {Box, Text} from 'ink';
import SelectInput from 'ink-select-input';
import {useContext} from 'react';
import type {MenuProps} from '../app/screen.js';
import {RowText} from './row-text.js';
import {ThemeContext} from './theme.js';

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

/**
A short choice in a drawer under the panes. Keys are not listened for here: several of them may come in one read, and
the component would take those for none.
*/
export const ChoiceMenu = ({title, items, index, height, chooseKey}: MenuProps) => (
	<Box flexDirection='column' height={height + 1} flexShrink={0} overflow='hidden'>
		<RowText
			row={[
				{text: `${title}:`, tone: 'heading', bold: true},
				{text: ` ${chooseKey} chooses`, tone: 'dim'},
			]}
			isInset
		/>
		<SelectInput
			key={index}
			isFocused={false}
			items={items.map(item => ({...item, key: item.value}))}
			initialIndex={index}
			limit={height}
			indicatorComponent={Indicator}
			itemComponent={Item}
		/>
	</Box>
);
