import {test} from 'node:test';
import {keyTableMarkdown} from '../../source/app/key-docs.js';
import {commandTable} from '../../source/cli/help.js';
import {checkPart} from '../helpers/marked-part.js';

test('the README lists every command', () => {
	checkPart('README.md', 'commands', commandTable());
});

test('the README lists every key', () => {
	checkPart('README.md', 'keys', keyTableMarkdown());
});
