import original from '../../../node_modules/ink/build/sanitize-ansi.js';
import {memoByText, someFrames} from './memo.js';

/**
Takes the place of Ink's own cleaning, which takes every text of every frame apart twice, to lay it out and to draw it. Same
answers; drop it when Ink keeps them across frames.
*/
export default memoByText(someFrames, original);
