/** Texts that try to steer a terminal, hide, or overflow a row; shared by the tests of text and detail rows. */
export const hostileTexts: readonly string[] = [
	'\x1b[31mred\x1b[0m \x1b[8mconcealed\x1b[28m \x1b[5mblink',
	'\x1b]0;title\x07after \x1b]8;;http://evil.example/\x1b\\link\x1b]8;;\x1b\\ end',
	'\x1b]52;c;ZXZpbA==\x07clip',
	'\x1b]never closed, the rest must stay',
	'\x1bPq#0;2;0;0;0\x1b\\sixel \x1b_Gkitty\x1b\\ \x1b^pm\x1b\\ \x90dcs\x9c',
	'\x9b31mC1 \x9d0;t\x9c \x85 \x84',
	'safe\rEVIL',
	'one\r\ntwo\rthree\nfour\u2028five\u2029six',
	'nul \0\0\0 bell \x07 back\b\b del \x7f vt \x0b ff \x0c',
	'admin\u202egnp.exe\u202c \u2066isolate\u2069 \u200fmark\u061c',
	'zero\u200bwidth\u200cjoin\u200der\ufeffbom\u00adsoft\u2060wj\u3164filler\u115f',
	`tags a${Array.from({length: 40}, (_, index) => String.fromCodePoint(0xe_00_41 + (index % 26))).join('')} end`,
	'lone \ud800 and \udc00 and \ud83d',
	'wide 漢字かな交じり文とひらがなとカタカナの長い行がここに続いていく。',
	'👩‍👩‍👧‍👦 family 🏴󠁧󠁢󠁥󠁮󠁧󠁿 flag 🇺🇸🇩🇪 ❤️ 1️⃣ ▶️ 👍🏽 ☂ ⌚ ™️ x\ufe0f',
	`e${'\u0301'.repeat(300)} stacked marks`,
	`${'\u1100'.repeat(60)}\u1161 jamo`,
	'क्षि नमस्ते দুর্গা ไทย می‌خواهم שלום',
	'\tone\ttwo\t\tthree',
	`${'x'.repeat(500)} ${'漢'.repeat(120)}`,
	'# heading\n\n> quote\n> > deeper\n\n- a\n  - b\n    - [x] c\n\n| a | b |\n|---|---|\n| 漢字漢字漢字 | \x1b[31mred |\n',
	'```ts\nconst a = "\x1b[31m\u202e";\n```\n[link\u200b](javascript:alert%281%29) ![i](file:///x\x07)',
	'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-old\u202e\x1b[31m line\n+new 👩‍👩‍👧 line\n context\r\n',
	'{"a":"\x1b[31m\\u001b[31m","b":[1,2,{"c":null}]}',
	'<tag attr="\x9b2J">html</tag>\n&lt;entity&gt;\n\\u001b[2J',
	' '.repeat(400),
	'\n\n\n',
	'',
];

/** Anything that may never stand in a row. */
export const forbidden =
	/[\p{Cc}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\u00ad\u2060-\u2064\u3164\p{Cs}]/u;
