const named: Record<string, string> = {amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", apos: "'", nbsp: ' '};

/**
A document's text as who reads it sees it: HTML entities and Markdown's escapes undone. A value that was escaped on its way
into a report reads as itself again. Line ends stay where they are.
*/
export const withoutMarkup = (text: string): string =>
	text
		.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
		.replaceAll(/&(amp|lt|gt|quot|apos|nbsp|#39);/g, (whole, name: string) => named[name] ?? whole);
