import assert from 'node:assert/strict';
import test from 'node:test';
import {rowText, rowWidth, textWidth} from '../../source/text/cells.js';
import {eventWords, fittingTags, promptWords, sessionWords, tagWords} from '../../source/view/annotation-signs.js';
import {breadcrumbRow} from '../../source/view/breadcrumb.js';
import {statusRow} from '../../source/view/status-row.js';

test('as many tags stand beside a title as fit, with the number of the others', () => {
	const tags = ['bug', 'area/upload', 'v1'];
	assert.equal(fittingTags(tags, 30), '#bug #area/upload #v1');
	assert.equal(fittingTags(tags, 20), '#bug #area/upload +1');
	assert.equal(fittingTags(tags, 12), '#bug +2');
	assert.equal(fittingTags(['area/upload', 'v1'], 8), '#area/u…');
	assert.equal(fittingTags([], 30), '');
	for (let width = 0; width < 40; width++) {
		assert.ok(textWidth(fittingTags(['漢字', ...tags], width)) <= width);
	}
});

test('what was added is told in words, and control sequences in it are not', () => {
	assert.equal(tagWords(['a', 'b']), '#a #b');
	assert.equal(sessionWords({tags: ['a'], note: 'x \u{1B}[31my'}), '#a  ✎ x y');
	assert.equal(sessionWords({tags: [], note: null}), '');
	assert.equal(promptWords({note: 'x', disposition: 'needs-review'}), '? needs review  ✎ x');
	assert.equal(promptWords(undefined), '');
	assert.equal(eventWords({note: null, isBookmarked: true}), '★ bookmarked');
});

test('the breadcrumb tells what was added at its end, in at most two fifths of the row', () => {
	const crumbs = {home: '~/.codex', session: 'Fix the failing parser test', added: '#bug  ✎ ask Kim'};
	assert.equal(rowText(breadcrumbRow(crumbs, 60)), ' ~/.codex > Fix the failing parser test     #bug  ✎ ask Kim ');
	for (const width of [1, 5, 12, 30, 60, 120]) {
		assert.equal(rowWidth(breadcrumbRow(crumbs, width)), width);
	}

	const long = rowText(breadcrumbRow({...crumbs, added: 'x'.repeat(200)}, 50));
	assert.match(long, / {2}x{19}… $/);
	assert.match(long, /Fix the fail/);
});

const status = (entry: Partial<Parameters<typeof statusRow>[0]['entry']>, width: number): string => {
	const row = statusRow(
		{
			progress: undefined,
			problems: 0,
			problemsKey: 'p',
			failure: undefined,
			notice: {text: 'Something else', level: 'info'},
			typing: undefined,
			entry: {
				label: 'Tags:',
				before: 'bug',
				after: '',
				complaint: undefined,
				completions: [],
				completeKey: 'Tab',
				...entry,
			},
			hints: [{key: 'Enter', hint: 'keep'}],
		},
		width,
	);
	assert.equal(rowWidth(row), width, `${width}`);
	return rowText(row).trimEnd();
};

test('the line being typed stands in the status row, with its completions or what is wrong with it', () => {
	assert.equal(status({}, 40), ' Tags: bug                  Enter keep');
	assert.match(status({completions: ['bugs', 'bug/two']}, 60), /^ Tags: bug {3}Tab: bugs, bug\/two .*Enter keep$/);
	assert.match(status({complaint: 'That is no tag.'}, 60), /^ Tags: bug {3}That is no tag\. /);
	assert.match(status({before: 'x'.repeat(100), after: 'yz'}, 40), /^ Tags: x+yz/);
	for (let width = 12; width < 100; width++) {
		status({before: 'x'.repeat(50), complaint: 'That is no tag, and this is a long sentence.'}, width);
		status({completions: ['one', 'two', 'three', 'four', 'five', 'six']}, width);
	}
});
