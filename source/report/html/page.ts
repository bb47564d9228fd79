import {createHash} from 'node:crypto';
import {html} from './escape.js';
import {script} from './script.js';
import {style} from './style.js';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Our own style and script and nothing else: whatever a log says can load nothing and run nothing. */
const policy = [
	"default-src 'none'",
	`style-src ${hashOf(style)}`,
	`script-src ${hashOf(script)}`,
	"base-uri 'none'",
	"form-action 'none'",
].join('; ');

/** Everything before what the report tells. */
export const pageStart = (title: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${html(title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<div class="tools" role="search" hidden>
<label for="search">Search</label> <input id="search" type="search" autocomplete="off">
<button id="unfold" type="button">Unfold all</button> <button id="fold" type="button">Fold all</button>
<span id="count" role="status"></span>
</div>
`;

export const pageEnd = `<script>${script}</script>
</body>
</html>
`;
