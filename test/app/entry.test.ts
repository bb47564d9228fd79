import assert from 'node:assert/strict';
import test from 'node:test';
import {completedLine, openEntry, reduceEntry, tagCompletions, typedTags} from '../../source/app/entry.js';
import {entryModel} from '../../source/app/entry-model.js';
import {noMarks, toggled} from '../../source/app/marks.js';
import {reduce} from '../../source/app/reduce.js';
import {initialState} from '../../source/app/state.js';
import {noteText, tagChange, tagName} from '../../source/model/annotation.js';
import {UserError} from '../../source/model/problem.js';

const tags = {what: 'tags', threadIds: ['a'], shared: []} as const;
const known = ['bug', 'Build', 'area/upload', 'v1'];
const typed = (before: string, after = '') => ({...openEntry(tags, ''), line: {before, after}});

test('tags are typed with blanks or commas between them', () => {
	assert.deepEqual(typedTags(' #bug, build  area/upload,,'), ['bug', 'build', 'area/upload']);
	assert.deepEqual(typedTags(' , '), []);
});

test('the word before the caret is completed with known tags that are not there yet', () => {
	assert.deepEqual(tagCompletions(typed('b'), known), ['bug', 'Build']);
	assert.deepEqual(tagCompletions(typed('#BU'), known), ['bug', 'Build']);
	assert.deepEqual(tagCompletions(typed('build v'), known), ['v1']);
	assert.deepEqual(tagCompletions(typed('bug '), known), ['Build', 'area/upload', 'v1']);
	assert.deepEqual(tagCompletions(typed('b', 'ug'), known), [], 'not within a word');
	assert.deepEqual(tagCompletions(openEntry({what: 'session-note', threadId: 'a'}, 'b'), known), []);
	assert.deepEqual(completedLine({before: 'v1 #b', after: ' x'}, 'bug'), {before: 'v1 #bug ', after: ' x'});
});

test('what is wrong with a line goes with the next edit', () => {
	const complaining = reduceEntry(typed('a!'), {type: 'complain', complaint: 'No.'});
	assert.equal(entryModel(complaining, known, 'Tab').complaint, 'No.');
	const edited = reduceEntry(complaining, {type: 'edit-entry', edit: {edit: 'delete-before'}});
	assert.deepEqual([edited.line.before, edited.complaint], ['a', undefined]);
	const replaced = reduceEntry(complaining, {type: 'replace-entry', line: {before: 'bug ', after: ''}});
	assert.deepEqual([replaced.line.before, replaced.complaint], ['bug ', undefined]);
});

test('a line that is opened holds no control sequence, whatever the note held', () => {
	const {line} = openEntry({what: 'session-note', threadId: 'a'}, 'red \u{1B}[31mink\n\u{1B}]0;x\u{7}end');
	assert.equal(line.before, 'red ink end');
});

test('labels say what the line is for', () => {
	const label = (target: Parameters<typeof openEntry>[0]) => entryModel(openEntry(target, ''), [], 'Tab').label;
	assert.equal(label(tags), 'Tags:');
	assert.equal(label({...tags, threadIds: ['a', 'b', 'c']}), 'Tags of 3 sessions:');
	assert.equal(label({what: 'session-note', threadId: 'a'}), 'Note of the session:');
	assert.equal(label({what: 'prompt-note', id: 1}), 'Note of the prompt:');
	assert.equal(label({what: 'event-note', id: 1}), 'Note of the event:');
});

test('marks are made and taken away one by one, and all at once', () => {
	assert.deepEqual([...toggled(toggled(noMarks, 'a'), 'b')], ['a', 'b']);
	assert.deepEqual([...toggled(new Set(['a', 'b']), 'a')], ['b']);
	assert.equal(noMarks.size, 0);
	const state = initialState({columns: 80, rows: 24});
	const marked = reduce(state, {type: 'toggle-mark', threadId: 'a'});
	assert.deepEqual([...marked.marked], ['a']);
	assert.equal(reduce(marked, {type: 'clear-marks'}).marked.size, 0);
	const resized = reduce(marked, {type: 'resize', size: {columns: 40, rows: 10}});
	const refreshed = reduce(resized, {type: 'rows', list: 'sessions', ids: [4, 5], total: 2});
	assert.equal(refreshed.marked, marked.marked);
});

test('an entry is only changed while it is open', () => {
	const state = initialState({columns: 80, rows: 24});
	assert.equal(reduce(state, {type: 'complain', complaint: 'No.'}), state);
	const open = reduce(state, {type: 'open', overlay: openEntry(tags, 'bug')});
	const edited = reduce(open, {type: 'edit-entry', edit: {edit: 'insert', text: ' v1'}});
	assert.ok(edited.overlay?.kind === 'entry' && edited.overlay.line.before === 'bug v1');
	assert.equal(reduce(edited, {type: 'close'}).overlay, undefined);
});

test('names of tags and texts of notes are checked', () => {
	for (const name of ['bug', 'Größe', 'area/upload_2.0', '漢字', 'x'.repeat(40)]) {
		assert.equal(tagName(name), name);
	}

	assert.equal(tagName('e\u0301'), '\u00E9', 'one spelling of a letter with an accent');
	for (const name of ['', 'a b', 'a,b', '#a', 'a\u{7}', 'x'.repeat(41), '😀']) {
		assert.throws(() => tagName(name), UserError, name);
	}

	assert.equal(noteText('  a \n b\t'), 'a b');
	assert.equal(noteText(' \n '), null);
	assert.throws(() => noteText('x'.repeat(2001)), UserError);
	assert.deepEqual(tagChange(['Bug', 'old'], ['bug', 'new']), {add: ['new'], remove: ['old']});
});
