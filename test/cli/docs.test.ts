import {test} from 'node:test';
import {commandTable} from '../../source/cli/help.js';
import {checkPart} from '../helpers/marked-part.js';

test('the README lists every command', () => {
	checkPart('README.md', 'commands', commandTable());
});
