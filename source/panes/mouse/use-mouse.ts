import {useStdout} from 'ink';
import {useLayoutEffect} from 'react';

/** Presses and the wheel are reported (1000), in a form that knows screens of any size (1006). */
export const mouseOn = '\u{1B}[?1000h\u{1B}[?1006h';
export const mouseOff = '\u{1B}[?1006l\u{1B}[?1000l';

/** Has the terminal report the mouse as long as the explorer is drawn: Ink takes the tree down however it ends. */
export const useMouse = (isWanted: boolean): void => {
	const {stdout} = useStdout();
	useLayoutEffect(() => {
		if (!isWanted) {
			return;
		}

		stdout.write(mouseOn);
		return () => {
			stdout.write(mouseOff);
		};
	}, [stdout, isWanted]);
};
