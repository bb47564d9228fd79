import assert from 'node:assert/strict';
import test from 'node:test';
import {rowText} from '../../../source/text/cells.js';
import {jsonRows} from '../../../source/view/detail/json.js';
import {processorTime} from '../../helpers/processor-time.js';

const draw = (text: string, maxRows = 100) => jsonRows(text, {width: 60, maxRows}).map(rowText);

test('JSON has one value per row and keeps every digit', () => {
	assert.deepEqual(draw('{"a":1.50,"b":[true,{}],"c":[],"d":{"e":"x, \\"y\\": {"}}'), [
		'{',
		'  "a": 1.50,',
		'  "b": [',
		'    true,',
		'    {}',
		'  ],',
		'  "c": [],',
		'  "d": {',
		'    "e": "x, \\"y\\": {"',
		'  }',
		'}',
	]);
});

test('what is not JSON stays as it is', () => {
	assert.deepEqual(draw('{"a":'), ['{"a":']);
	assert.deepEqual(draw('plain'), ['plain']);
});

test('keys, texts and numbers differ', () => {
	const tones = jsonRows('{"a":"b","c":1,"d":null}', {width: 60, maxRows: 10})
		.flat()
		.filter(span => /\w/.test(span.text))
		.map(span => `${span.text} ${span.tone}`);
	assert.deepEqual(tones, ['"a" accent', '"b" string', '"c" accent', '1 number', '"d" accent', 'null keyword']);
});

test('long and deep JSON ends in time', () => {
	const started = processorTime();
	assert.ok(draw(`[${'1,'.repeat(400_000)}1]`, 500).length <= 502);
	draw(`${'['.repeat(5000)}${']'.repeat(5000)}`, 20_000);
	draw(`{"a":"${'\\"\\\\'.repeat(200_000)}"}`, 500);
	assert.ok(processorTime() - started < 4000);
});
