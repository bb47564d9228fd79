import {test} from 'node:test';
import {basicKeysMarkdown, keyTableMarkdown} from '../../source/app/key-docs.js';
import {commandTable, flagTable} from '../../source/cli/help.js';
import {checkPart} from '../helpers/marked-part.js';

test('the README lists every command', () => {
	checkPart('README.md', 'commands', commandTable());
});

test('a document of its own lists every flag', () => {
	checkPart('docs/commands.md', 'flags', flagTable());
});

test('the README lists the keys that one cannot do without', () => {
	checkPart('README.md', 'keys', basicKeysMarkdown());
});

test('a document of its own lists every key', () => {
	checkPart('docs/keys.md', 'keys', keyTableMarkdown());
});
