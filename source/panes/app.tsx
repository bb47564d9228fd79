import {Box, type SuspendTerminal, useApp, useInput, useIsScreenReaderEnabled, usePaste, useWindowSize} from 'ink';
import {Fragment, useEffect, useMemo, useState, useSyncExternalStore} from 'react';
import type {Explorer} from '../app/explorer.js';
import {keyNames} from '../app/key-names.js';
import {createReplyGuard} from '../app/late-replies.js';
import type {Screen} from '../app/screen.js';
import {ChoiceMenu} from './choice-menu.js';
import {useMouse} from './mouse/use-mouse.js';
import {Overlay} from './overlay.js';
import {Pane} from './pane.js';
import {RowText} from './row-text.js';
import {Separator} from './separator.js';
import {SpokenScreen} from './spoken-screen.js';
import {backgroundIn} from './terminal-background.js';
import {ThemeContext, type ThemeEnvironment, themeOf} from './theme.js';

type Props = {
	explorer: Explorer;
	environment: ThemeEnvironment;
	hasMouse?: boolean;
	/** Is given what lends the terminal to another program. */
	onTerminal?: (suspend: SuspendTerminal) => void;
};

const Panes = ({panes, bodyRows, hasTitles}: Screen) => {
	const height = bodyRows + Number(hasTitles);
	return (
		<Box height={height} flexShrink={0}>
			{panes.map((pane, index) => (
				<Fragment key={pane.id}>
					{index > 0 ? <Separator height={height} isFocused={false} /> : null}
					<Pane {...pane} hasTitle={hasTitles} />
				</Fragment>
			))}
		</Box>
	);
};

/** Rows that are read aloud are not cut to the width of a screen. */
const spokenColumns = 400;

/** How long after the start a slow line may still bring the terminal's answer about its colours. */
const lateReplyMs = 3000;

/**
The root: the only listener for keys and pastes, and the arrangement of what `screen` says. Of its
own it knows only the terminal's colours. The root box is exactly as high as the terminal: one row more would scroll it.
*/
export const App = ({explorer, environment, hasMouse = false, onTerminal}: Props) => {
	const screen = useSyncExternalStore(explorer.subscribe, explorer.screen);
	const {columns, rows} = useWindowSize();
	// A terminal behind a slow line tells its colours after the first frame.
	const [late, setLate] = useState<ThemeEnvironment['background']>();
	const theme = useMemo(
		() => themeOf(screen.theme, {...environment, background: environment.background ?? late}),
		[screen.theme, environment, late],
	);

	const isSpoken = useIsScreenReaderEnabled();
	useEffect(
		() => explorer.resize({columns: isSpoken ? spokenColumns : columns, rows}),
		[explorer, columns, rows, isSpoken],
	);
	useMouse(hasMouse);
	const {suspendTerminal} = useApp();
	useEffect(() => onTerminal?.(suspendTerminal), [onTerminal, suspendTerminal]);
	usePaste(explorer.paste);
	const guard = useMemo(
		() => createReplyGuard(performance.now() + lateReplyMs, reply => setLate(backgroundIn(reply))),
		[],
	);
	useInput((input, key) => {
		for (const name of guard(keyNames(input, key))) {
			explorer.press(name);
		}
	});

	if (isSpoken) {
		return <SpokenScreen explorer={explorer} screen={screen} />;
	}

	const {size, breadcrumb, overlay, menu, status, bodyRows, hasTitles} = screen;
	return (
		<ThemeContext value={theme}>
			<Box flexDirection='column' width={size.columns} height={size.rows}>
				{breadcrumb ? <RowText row={breadcrumb} look='bar' /> : null}
				{overlay ? (
					<Overlay {...overlay} width={size.columns} bodyHeight={bodyRows + Number(hasTitles)} />
				) : (
					<Panes {...screen} />
				)}
				{menu ? <ChoiceMenu {...menu} /> : null}
				{status ? <RowText row={status} look='bar' /> : null}
			</Box>
		</ThemeContext>
	);
};
