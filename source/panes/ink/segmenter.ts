import {cellsOfUnit} from '../../text/cell-table.js';

/** Of the control characters only a carriage return may join with the next one. */
const lineFeed = 0x0a;
const esc = 0x1b;

/** Whether every character is a grapheme by itself: those of the table, line ends, and the escapes of colours. */
const isPlain = (text: string): boolean => {
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		if (unit !== esc && unit !== lineFeed && cellsOfUnit(unit) === 0) {
			return false;
		}
	}

	return true;
};

const plainSegments = (text: string): Intl.Segments => {
	const at = (index: number): Intl.SegmentData => ({segment: text.charAt(index), index, input: text});
	const each = function* (): Generator<Intl.SegmentData, undefined> {
		for (let index = 0; index < text.length; index++) {
			yield at(index);
		}
	};

	return {
		containing: (index = 0) => (index >= 0 && index < text.length ? at(index) : undefined) as Intl.SegmentData,
		[Symbol.iterator]: each,
	};
};

/** The build replaces the name `Intl.Segmenter`, which this must not be. */
const {Segmenter} = Intl;

/**
Takes the place of `Intl.Segmenter` (graphemes) in the bundle. Setting up the original's tables takes 15 ms, a twentieth
of a start, and the packages that Ink is made of do it before anything is drawn. Same answers; the tables are
set up for the first text that needs them. Drop it when Node sets up a segmenter in no time.
*/
export class PatientSegmenter {
	#original: Intl.Segmenter | undefined;

	segment(text: string): Intl.Segments {
		if (isPlain(text)) {
			return plainSegments(text);
		}

		this.#original ??= new Segmenter();
		return this.#original.segment(text);
	}
}
