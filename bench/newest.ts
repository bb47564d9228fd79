import type {Manifest} from './generate-home.js';

/** As many characters of a title as a narrow column surely shows. */
const shownTitle = 10;

/**
Tells whether a screen lists the newest sessions. Those without a title are not looked for, and one in ten
may be elsewhere: the oldest logs tell their time without a zone, so that their place is only nearly known.
*/
export const showsNewest = (manifest: Manifest, count: number): ((text: string) => boolean) => {
	const titles = manifest.sessions
		.slice(0, count)
		.flatMap(({firstPrompt, name}) => (firstPrompt === null ? [] : [name ?? firstPrompt]))
		.map(title => title.slice(0, shownTitle));
	const enough = Math.floor(titles.length * 0.9);
	return text => titles.filter(title => text.includes(title)).length >= enough;
};
