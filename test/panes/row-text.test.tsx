import assert from 'node:assert/strict';
import test from 'node:test';
import {Box} from 'ink';
import {render} from 'ink-testing-library';
import {shippedThemes} from '../../source/app/menus.js';
import {backgroundOf, themeEnvironment} from '../../source/panes/environment.js';
import {Pane} from '../../source/panes/pane.js';
import {styleOf, type Theme, ThemeContext, themeOf} from '../../source/panes/theme.js';
import type {Row} from '../../source/text/span.js';

const rows: Row[] = [[{text: 'first ', tone: 'accent'}, {text: 'row'}], [{text: 'second row'}], [{text: 'third row'}]];

const pane = (theme: Theme, isFocused: boolean) => (
	<ThemeContext value={theme}>
		<Box>
			<Pane
				id='sessions'
				heading={[{text: 'Sessions'}]}
				rows={rows}
				selected={1}
				empty={[]}
				footer={undefined}
				scroll={{top: 0, visible: 3, total: 3}}
				width={20}
				height={4}
				isFocused={isFocused}
				hasTitle
			/>
		</Box>
	</ThemeContext>
);

const plain = themeOf('dark', {noColour: true, background: undefined});

test('the pane in focus marks its selected row', () => {
	const {lastFrame, unmount} = render(pane(plain, true));
	const text = lastFrame()?.replaceAll(/\u{1B}\[[\d;]*m/gu, '');
	assert.equal(text, ' Sessions\n first row\n>second row\n third row\n');
	unmount();
});

test('without focus no row is marked', () => {
	const {lastFrame, unmount} = render(pane(plain, false));
	assert.doesNotMatch(lastFrame() ?? '', />/);
	unmount();
});

test('without colour the styles are attributes only', () => {
	const isColour = (style: object): boolean => 'color' in style || 'backgroundColor' in style;
	assert.ok(!Object.values(plain.tones).some(isColour));
	assert.ok(![plain.bar, plain.border, plain.borderFocused, plain.focused, plain.selected].some(isColour));
});

test('every theme shows focus and matches, also where colours are missing', () => {
	for (const name of shippedThemes) {
		for (const background of ['dark', 'light', undefined] as const) {
			const theme = themeOf(name, {noColour: false, background});
			assert.notEqual(theme.marker, ' ');
			assert.notDeepEqual(theme.focused, {});
			assert.notDeepEqual(styleOf(theme, {text: '', tone: 'match'}), {});
		}
	}
});

test('a span keeps its own attributes beside its tone', () => {
	const theme = themeOf('dark', {noColour: false, background: undefined});
	const style = styleOf(theme, {text: 'x', tone: 'error', bold: true, strikethrough: true});
	assert.equal(style.bold, true);
	assert.equal(style.strikethrough, true);
	assert.ok(style.color);
});

test('the surroundings tell colour and background', () => {
	assert.equal(themeEnvironment({NO_COLOR: '1'}).noColour, true);
	assert.equal(themeEnvironment({NO_COLOR: ''}).noColour, false);
	assert.equal(backgroundOf('15;0'), 'dark');
	assert.equal(backgroundOf('0;15'), 'light');
	assert.equal(backgroundOf('0;default;15'), 'light');
	assert.equal(backgroundOf('default'), undefined);
	assert.equal(backgroundOf(undefined), undefined);
});
