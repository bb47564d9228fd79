import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import css from 'highlight.js/lib/languages/css';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

const languages = {bash, c, css, go, ini, java, javascript, json, python, ruby, rust, sql, typescript, xml, yaml};

const instance = hljs.newInstance();
for (const [name, definition] of Object.entries(languages)) {
	instance.registerLanguage(name, definition);
}

instance.registerAliases(['shell', 'console', 'fish', 'powershell'], {languageName: 'bash'});
instance.registerAliases(['c++', 'cpp', 'cc', 'hpp', 'csharp', 'cs', 'kotlin', 'swift'], {languageName: 'c'});
instance.registerAliases(['json5', 'jsonl'], {languageName: 'json'});
instance.registerAliases(['svelte', 'vue'], {languageName: 'xml'});

export const knowsLanguage = (language: string): boolean => instance.getLanguage(language) !== undefined;

/** Markup with `<span class="hljs-…">` around what has a meaning; every other `<`, `>` and `&` is escaped. */
export const highlightToMarkup = (code: string, language: string): string =>
	instance.highlight(code, {language, ignoreIllegals: true}).value;
