import assert from 'node:assert/strict';
import test from 'node:test';
import {barOf, costLabel} from '../../source/text/amounts.js';

test('bars are shares of the largest row, and whatever is more than nothing is seen', () => {
	assert.equal(barOf(1, 4), '████');
	assert.equal(barOf(0.5, 3), '█▌');
	assert.equal(barOf(0.0001, 10), '▏');
	assert.equal(barOf(0, 10), '');
	assert.equal(barOf(Number.NaN, 10), '');
	assert.equal(barOf(2, 2), '██');
});

test('costs say what they do not hold', () => {
	assert.equal(costLabel({cost: 1234.5, unpricedTokens: 0}), '$1,234.50');
	assert.equal(costLabel({cost: 12, unpricedTokens: 3}), '$12.00+');
	assert.equal(costLabel({cost: 0.001, unpricedTokens: 0}), '<$0.01');
	assert.equal(costLabel({cost: 0, unpricedTokens: 0}), '$0.00');
	assert.equal(costLabel({cost: null, unpricedTokens: 9}), '-');
});
