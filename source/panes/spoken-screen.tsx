import {Static, Text} from 'ink';
import {useEffect, useRef, useState} from 'react';
import type {Explorer} from '../app/explorer.js';
import type {Screen} from '../app/screen.js';
import {newLines, type Spoken, spokenOf} from '../app/spoken.js';

type Props = {explorer: Explorer; screen: Screen};

/** A screen is told once it has not changed for this long: what a held key passes over is not read aloud. */
const quietMs = 80;

/**
The explorer for screen readers: nothing is drawn, nothing moves. What is new on the screen is printed below the lines
before it, and stays.
*/
export const SpokenScreen = ({explorer, screen}: Props) => {
	const [lines, setLines] = useState<string[]>([]);
	const before = useRef<Spoken | undefined>(undefined);
	useEffect(() => {
		const timer = setTimeout(() => {
			const spoken = spokenOf(screen, explorer.state(), before.current);
			const fresh = newLines(before.current, spoken);
			before.current = spoken;
			if (fresh.length > 0) {
				setLines(known => [...known, ...fresh]);
			}
		}, quietMs);
		return () => clearTimeout(timer);
	}, [explorer, screen]);
	return <Static items={lines}>{(line, index) => <Text key={index}>{line}</Text>}</Static>;
};
