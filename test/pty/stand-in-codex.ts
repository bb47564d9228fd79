import fs from 'node:fs';
import path from 'node:path';
import {moment} from '../helpers/rollout.js';
import type {Place} from './program.js';

/**
What stands in for Codex: `resume` says where it is, repeats a line that is typed, and ends with the next, with a failure
when that says so; the others move or delete logs as Codex does. An `old` one has neither.
*/
const script = (isOld: boolean): string => `#!/bin/sh
case "$1 $2" in
	"resume "*)
		printf 'STAND-IN resumes %s\\nin %s\\nof %s\\n' "$2" "$PWD" "$CODEX_HOME"
		read -r answer
		printf 'heard <%s>\\n' "$answer"
		read -r answer
		[ "$answer" = fail ] && exit 3
		exit 0 ;;
	"--version "*) echo "codex-cli ${isOld ? '0.130.0' : '0.140.0'}"; exit 0 ;;
${
	isOld
		? `	*" --help") printf 'Usage: codex [OPTIONS] [PROMPT]\\n'; exit 0 ;;`
		: `	*" --help") printf 'About %s\\n\\nUsage: codex %s [OPTIONS] <SESSION>\\n' "$1" "$1"; exit 0 ;;
	"archive "*)
		mkdir -p "$CODEX_HOME/archived_sessions"
		find "$CODEX_HOME/sessions" -name "*$2*" -exec mv {} "$CODEX_HOME/archived_sessions/" \\;
		exit 0 ;;
	"delete --force") find "$CODEX_HOME/sessions" -name "*$3*" -delete; exit 0 ;;`
}
esac
echo "Error: not understood: $*" >&2
exit 2
`;

/** Puts the stand-in on a PATH; answers the environment for it. */
export const withCodex = (place: Place, {isOld = false} = {}): {PATH: string} => {
	const folder = path.join(place.folder, 'bin');
	fs.mkdirSync(folder, {recursive: true});
	fs.writeFileSync(path.join(folder, 'codex'), script(isOld), {mode: 0o755});
	return {PATH: `${folder}${path.delimiter}${process.env['PATH'] ?? ''}`};
};

/** Lines as if they had been written just now: their times are moved, the first to this moment. */
export const asOfNow = (lines: readonly string[]): string => {
	const began = Date.now() - Date.parse(moment(0));
	const text = `${lines.join('\n')}\n`;
	return text.replaceAll(/"timestamp":"(2026-02-03T[^"]+)"/g, (_, time: string) => {
		const moved = new Date(Date.parse(time) + began).toISOString();
		return `"timestamp":"${moved}"`;
	});
};
