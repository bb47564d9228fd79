/** `12.3 MB`, for sentences about room on a disk. */
export const bytesInWords = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
