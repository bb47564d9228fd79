const header = /^\s*\[([^[\]]+)\]\s*(?:#.*)?$/;
const assignment = /^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=/;

/** `"a b" . c` → `a b.c`. */
const plainName = (name: string): string =>
	name
		.split('.')
		.map(part => part.trim().replaceAll(/^["']|["']$/g, ''))
		.join('.');

/**
Where a section (`theme.sea`) or a setting of it (`theme.sea.accent`) stands in a TOML file, for sentences about it:
`line 3 of FILE`, or the file alone where it is written in a way that hides its line.
*/
export const placeOf = (text: string, file: string, name: string): string => {
	let section = '';
	for (const [index, line] of text.split(/\r?\n/).entries()) {
		const opened = header.exec(line)?.[1];
		const assigned = assignment.exec(line)?.[1];
		section = opened === undefined ? section : plainName(opened);
		const found = assigned === undefined ? section : [section, plainName(assigned)].filter(Boolean).join('.');
		if ((opened !== undefined || assigned !== undefined) && found === name) {
			return `line ${index + 1} of ${file}`;
		}
	}

	return file;
};
