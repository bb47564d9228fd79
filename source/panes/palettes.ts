/** The colours of a theme by what they are for; `ansi` are the sixteen of shell output. */
export type Palette = Record<
	| 'text'
	| 'dim'
	| 'accent'
	| 'user'
	| 'assistant'
	| 'reasoning'
	| 'tool'
	| 'green'
	| 'yellow'
	| 'red'
	| 'blue'
	| 'magenta'
	| 'orange'
	| 'focusedRow'
	| 'selectedRow'
	| 'bar'
	| 'border'
	| 'addedWord'
	| 'removedWord'
	| 'match'
	| 'matchText',
	string
> & {ansi: readonly string[]};

export const darkPalette: Palette = {
	text: '#d5daea',
	dim: '#8a8f98',
	accent: '#7aa2f7',
	user: '#9ece6a',
	assistant: '#c0caf5',
	reasoning: '#9aa0b4',
	tool: '#7dcfff',
	green: '#9ece6a',
	yellow: '#e0af68',
	red: '#f7768e',
	blue: '#7aa2f7',
	magenta: '#bb9af7',
	orange: '#e0a878',
	focusedRow: '#2e4064',
	selectedRow: '#2a2c35',
	bar: '#1f212a',
	border: '#3b3e4a',
	addedWord: '#25402a',
	removedWord: '#4b2430',
	match: '#e0af68',
	matchText: '#1a1b26',
	ansi: [
		'#6b7080',
		'#f7768e',
		'#9ece6a',
		'#e0af68',
		'#7aa2f7',
		'#bb9af7',
		'#7dcfff',
		'#c0caf5',
		'#8a8f98',
		'#ff9aa8',
		'#b9f27c',
		'#ffcf8a',
		'#9dbbff',
		'#d3b8ff',
		'#a9e3ff',
		'#ffffff',
	],
};

export const lightPalette: Palette = {
	text: '#26292f',
	dim: '#6a6f78',
	accent: '#2257c4',
	user: '#28701f',
	assistant: '#26292f',
	reasoning: '#5f6472',
	tool: '#00687a',
	green: '#28701f',
	yellow: '#8a5a00',
	red: '#b3203b',
	blue: '#2257c4',
	magenta: '#7a3eb1',
	orange: '#9a4a12',
	focusedRow: '#cfdffb',
	selectedRow: '#e8eaee',
	bar: '#eceef2',
	border: '#c3c7cf',
	addedWord: '#cdeecb',
	removedWord: '#fbd5da',
	match: '#ffd970',
	matchText: '#1c1d21',
	ansi: [
		'#26292f',
		'#b3203b',
		'#28701f',
		'#8a5a00',
		'#2257c4',
		'#7a3eb1',
		'#00687a',
		'#5f6472',
		'#6a6f78',
		'#cc3350',
		'#33832a',
		'#a36d0a',
		'#3a6bd6',
		'#8f55c4',
		'#157d90',
		'#3a3d44',
	],
};
