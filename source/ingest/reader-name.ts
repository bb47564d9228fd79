import type {Format} from '../formats/format.js';

/** Name and version of a reader, as the store remembers who derived a file's rows. */
export const readerName = ({id, version}: Pick<Format, 'id' | 'version'>): string => `${id}/${version}`;
