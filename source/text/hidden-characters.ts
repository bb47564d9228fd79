import {lazy} from './lazy.js';

/**
Characters that steer a terminal or cannot be seen: controls, direction overrides, zero-width characters,
tag characters, stray variation selectors. The line feed is the one control that stays.
*/
const hidden = String.raw`[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Cs}]--\n]`;

/** More marks than any writing system stacks on a letter; the rest is noise that overflows rows. */
const markStack = /(\p{M}{8})(\p{M}+)/gu;

/** Whether `markHidden` has anything to do. */
export const hiddenCharacter = new RegExp(String.raw`${hidden}|\p{M}{9}`, 'v');

/** Joiners and selectors where they belong: inside emoji, flags of regions, and scripts that write with joiners. */
const wanted = [
	String.raw`\p{RGI_Emoji}`,
	String.raw`\p{Extended_Pictographic}[\u{fe0e}\u{fe0f}]?(?:\u200d\p{Extended_Pictographic}[\u{fe0e}\u{fe0f}]?){0,8}`,
	String.raw`[\d#*]\ufe0f?\u20e3`,
	String.raw`[\p{sc=Arab}\p{sc=Syrc}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Khmr}\p{sc=Mymr}][\u200c\u200d](?=\p{L})`,
].join('|');

/** The table of emoji alone takes 17 ms to compile; most text never needs it. */
const wantedOrHidden = lazy(() => new RegExp(`(${wanted})|${hidden}+`, 'gv'));

/** More invisible characters than this in a row are counted instead of named. */
const namedRun = 3;

const markOf = (character: string): string => {
	const code = character.codePointAt(0) ?? 0;
	if (code < 0x20) {
		return String.fromCodePoint(0x24_00 + code);
	}

	return code === 0x7f ? '␡' : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
};

const markRun = (run: string): string => {
	if (run.length === 1) {
		return markOf(run);
	}

	const characters = Array.from(run);
	const first = markOf(characters[0] ?? '');
	return characters.length <= namedRun || characters.every(character => character <= '\x7f')
		? characters.map(markOf).join('')
		: `${first}⟨${characters.length - 1} more hidden⟩`;
};

/** Shows what is hidden: `␛`, `⟨U+202E⟩`, and long invisible runs by their count. */
export const markHidden = (text: string): string =>
	text
		.replace(wantedOrHidden(), (match, wantedText: string | undefined) => wantedText ?? markRun(match))
		.replace(markStack, (_, kept: string, rest: string) => `${kept}⟨${Array.from(rest).length} more marks⟩`);
