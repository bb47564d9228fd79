const named: Record<string, string> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' '};

/**
A document's text as who reads it sees it: HTML entities and Markdown's escapes undone. A value that was escaped on its way
into a report reads as itself again. Line ends stay where they are.
*/
export const withoutMarkup = (text: string): string =>
	text
		.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
		.replaceAll(
			/&(?:(amp|lt|gt|quot|apos|nbsp)|#(3[2-9]|[4-9]\d|1[01]\d|12[0-6]));/g,
			(_, name?: string, code?: string) =>
				name === undefined ? String.fromCharCode(Number(code)) : (named[name] ?? ''),
		);
