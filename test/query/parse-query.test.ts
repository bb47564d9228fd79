import assert from 'node:assert/strict';
import {test} from 'node:test';
import {onlyFilter, parse, parseFinal, shown, shownFilters} from './show.js';

/** What is understood without a mistake, whether or not more is typed. */
const understood: [typed: string, text: string, filters?: string][] = [
	['', ''],
	['  \t ', ''],
	['tide', 'tide'],
	['tide table', '(tide & table)'],
	['tide AND table', '(tide & table)'],
	['tide OR moon', '(tide | moon)'],
	['low tide OR full moon', '((low & tide) | (full & moon))'],
	['low (tide OR moon)', '(low & (tide | moon))'],
	['((tide))', 'tide'],
	['(low tide) table', '(low & tide & table)'],
	['a OR (b OR c)', '(a | b | c)'],
	['tide -moon', '(tide & !moon)'],
	['tide NOT moon', '(tide & !moon)'],
	['tide AND NOT moon', '(tide & !moon)'],
	['NOT NOT moon', 'moon'],
	['NOT -moon', 'moon'],
	['-(tide OR moon)', '!(tide | moon)'],
	['NOT(tide OR moon)', '!(tide | moon)'],
	['and or not And', '(and & or & not & And)'],
	['tid*', 'tid*'],
	['-tid*', '!tid*'],
	['tid** *', '(tid* & *)'],
	['src/** *.ts', '(src/** & *.ts)'],
	['"low tide"', '"low tide"'],
	['-"low tide" x', '(!"low tide" & x)'],
	['"low ti"*', 'low ti*'],
	['"say ""hi"""', '"say "hi""'],
	['"AND" "repo:x"', '("AND" & "repo:x")'],
	['low"tide table"', '(low & "tide table")'],
	['"" " " x ()', 'x'],
	// Colons, parentheses, minus and stars that mean nothing.
	['std::vec foo::bar session::new', '(std::vec & foo::bar & session::new)'],
	['https://x.invalid/a?b=c file:///x', '(https://x.invalid/a?b=c & file:///x)'],
	['C:\\x c:/y D:z', '(C:\\x & c:/y & D:z)'],
	['12:30 localhost:3000 line:12:5', '(12:30 & localhost:3000 & line:12:5)'],
	['TODO:later Error: error: x', '(TODO:later & Error: & error: & x)'],
	['a.b:c a/b:c :x', '(a.b:c & a/b:c & :x)'],
	['main() call(a, b) [x] {y}', '(main() & call(a, & b) & [x] & {y})'],
	['(main() OR f(x))', '(main() | f(x))'],
	['a->b --json - -> && a-b', '(a->b & --json & - & -> & && & a-b)'],
	['潮汐 naïve', '(潮汐 & naïve)'],
	// Filters.
	['repo:shop', '', 'repo:shop'],
	['REPO:Shop tide', 'tide', 'repo:Shop'],
	['tide repo:shop table', '(tide & table)', 'repo:shop'],
	['repo:"my shop",tides', '', 'repo:"my shop",tides'],
	['tag:"a ""b""" x', 'x', 'tag:"a ""b"""'],
	['-branch:main', '', '-branch:main'],
	['branch:!=main', '', '-branch:main'],
	['-branch:!=main', '', 'branch:main'],
	['NOT branch:main', '', '-branch:main'],
	['NOT -branch:main', '', 'branch:main'],
	['repo:a,,b tool:x, y', 'y', 'repo:a,b tool:x'],
	['kind:Prompt,ANSWER', '', 'kind:prompt,answer'],
	['exit:0 -exit:1 exit:!=2 exit:<>3 exit:==4', '', 'exit:0 -exit:1 -exit:2 -exit:3 exit:4'],
	['tokens:>1.5M cost:>=0.5 exit:<0', '', 'tokens:>1.5M cost:>=0.5 exit:<0'],
	['redacted:yes redacted:no redacted:>3', '', 'redacted:yes redacted:no redacted:>3'],
	['file:src/(app)/page.tsx', '', 'file:"src/(app)/page.tsx"'],
	['file:C:\\x\\y', '', 'file:C:\\x\\y'],
	['(repo:shop tide)', 'tide', 'repo:shop'],
	['-(repo:shop)', '', '-repo:shop'],
	['repo:a OR repo:b', '', 'repo:a,b'],
	['NOT (repo:a OR repo:b) x', 'x', '-repo:a,b'],
	['repo:shop tide OR moon', '(tide | moon)', 'repo:shop'],
	['tide OR -repo:shop moon', '(tide | moon)', '-repo:shop'],
];

for (const [typed, text, filters = ''] of understood) {
	test(`${JSON.stringify(typed)} is understood`, () => {
		for (const query of [parse(`${typed} `), parseFinal(typed)]) {
			assert.deepEqual(query.mistakes, []);
			assert.equal(shown(query.text), text);
			assert.equal(shownFilters(query), filters);
		}
	});
}

/** `^` stands below what a mistake is about; its message holds the words. */
const misunderstood: [typed: string, place: string, message: RegExp, text: string, filters?: string][] = [
	['foo:bar', '^^^^^^^', /^There is no filter "foo:", so it is taken as a word\.$/, 'foo:bar'],
	['-fiel:x', ' ^^^^^^', /Did you mean file:\?$/, '!fiel:x'],
	['fiel:"low tide"', '^^^^^^^^^^^^^^^', /Did you mean file:\?$/, '(fiel: & "low tide")'],
	['token:1000', '^^^^^^^^^^', /Did you mean tokens:\?$/, 'token:1000'],
	['since:7d', '^^^^^^^^', /Did you mean after:\?$/, 'since:7d'],
	['repo: shop', '^^^^^', /^The filter repo: has no value, /, '(repo: & shop)'],
	['(repo:) x', ' ^^^^^', /no value/, '(repo: & x)'],
	['exit:> x', '^^^^^^', /no value/, '(exit:> & x)'],
	['kind:promt x', '     ^^^^^', /^kind: knows no "promt"\. Did you mean prompt\?$/, '(kind:promt & x)'],
	['state:foo x', '      ^^^', /It takes live, rolled-back, .*, failed\.$/, '(state:foo & x)'],
	['kind:foo x', '     ^^^', /It takes prompt, answer, .* and others\.$/, '(kind:foo & x)'],
	['kind:prompt,foo,answer x', '            ^^^', /knows no "foo"/, 'x', 'kind:prompt,answer'],
	['-kind:"a b" x', '      ^^^^^', /knows no "a b"/, '(!(kind: & "a b") & x)'],
	['after:soon', '      ^^^^', /^after: needs a day such as .*, not "soon"\.$/, 'after:soon'],
	['on:2026-02-30 x', '   ^^^^^^^^^^', /^on: needs a day/, '(on:2026-02-30 & x)'],
	['on:click', '   ^^^^^', /not "click"/, 'on:click'],
	['after:>2026 x', '      ^^^^^', /needs a day/, '(after:>2026 & x)'],
	['tokens:>lots', '        ^^^^', /^tokens: needs a number such as .*, not "lots"\.$/, 'tokens:>lots'],
	['cost:free', '     ^^^^', /^cost: needs dollars such as /, 'cost:free'],
	['redacted:maybe', '         ^^^^^', /^redacted: needs yes, no, a number /, 'redacted:maybe'],
	['redacted:>yes x', '          ^^^', /not "yes"/, '(redacted:>yes & x)'],
	['repo:(a OR b)', '     ^^', /^repo: takes alternatives with commas, as in repo:one,two/, '(repo:(a | b))'],
	['AND tide', '^^^', /^AND needs something on both sides/, '(AND & tide)'],
	['OR', '^^', /^OR needs/, 'OR'],
	['a OR OR b', '     ^^', /^OR needs/, '(a | (OR & b))'],
	['(a OR) b', '   ^^', /^OR needs/, '(a & OR & b)'],
	['(a NOT) b', '   ^^^', /^NOT needs something behind it/, '(a & NOT & b)'],
	['NOT AND b', '    ^^^', /^AND needs/, '(!AND & b)'],
	['a ) b', '  ^', /^No parenthesis is open here/, '(a & b)'],
	['12" disk', '  ^', /^This quotation mark has no partner/, '(12 & disk)'],
	['tide OR repo:a', '        ^^^^^^', /^Filters hold for the whole search, so "repo:a"/, '(tide | repo:a)'],
	['-(repo:a x)', '  ^^^^^^', /^Filters hold/, '!(repo:a & x)'],
	['(repo:a x) OR y', ' ^^^^^^', /^Filters hold/, '((repo:a & x) | y)'],
	[`foo:${'x'.repeat(90)}`, '^'.repeat(94), /^There is no filter "foo:"/, `foo:${'x'.repeat(90)}`],
	[`state:${'x'.repeat(90)}`, ' '.repeat(6) + '^'.repeat(90), /no "x{29}…"/, `state:${'x'.repeat(90)}`],
];

for (const [typed, place, message, text, filters = ''] of misunderstood) {
	test(`${JSON.stringify(typed)} is a mistake and words`, () => {
		const query = parse(typed);
		assert.equal(query.mistakes.length, 1, JSON.stringify(query.mistakes));
		const [mistake] = query.mistakes;
		assert.match(mistake?.message ?? '', message);
		assert.equal(' '.repeat(mistake?.start ?? 0).padEnd(mistake?.end ?? 0, '^'), place);
		assert.equal(shown(query.text), text);
		assert.equal(shownFilters(query), filters);
	});
}

test('each filter that would hold for a part only is a mistake, in the order of what was typed', () => {
	for (const typed of ['repo:a x OR repo:b y', 'repo:a OR branch:b', 'exit:<0 OR exit:>0', 'repo:a OR -repo:b']) {
		const {mistakes, filters, text} = parse(typed);
		assert.equal(mistakes.length, 2, typed);
		assert.ok((mistakes[0]?.start ?? 0) < (mistakes[1]?.start ?? 0), typed);
		assert.deepEqual(filters, []);
		assert.notEqual(text, null);
	}
});

/** Typing has not come to an end: nothing is wrong yet, and what is there counts. */
const unfinished: [typed: string, text: string, filters: string, messageAtEnd: RegExp][] = [
	['"low ti', '"low ti"', '', /^This quotation mark is not closed/],
	['tide "', 'tide', '', /^This quotation mark is not closed/],
	['repo:', '', '', /no value/],
	['-repo:', '', '', /no value/],
	['tide repo:"', 'tide', '', /no value/],
	['repo:"my sh', '', 'repo:"my sh"', /^This quotation mark is not closed/],
	['kind:pro', '', '', /knows no "pro"/],
	['kind:answer,pro', '', 'kind:answer', /knows no "pro"/],
	['after:2026-1', '', '', /needs a day/],
	['after:yes', '', '', /needs a day/],
	['after:3m', '', '', /needs a day/],
	['tokens:>', '', '', /no value/],
	['exit:!', '', '', /needs a number/],
	['tokens:>1.', '', '', /needs a number/],
	['redacted:ye', '', '', /needs yes, no, a number/],
	['tide AND', 'tide', '', /^AND needs/],
	['tide OR ', 'tide', '', /^OR needs/],
	['tide NOT', 'tide', '', /^NOT needs/],
	['(tide OR moon', '(tide | moon)', '', /^This parenthesis is not closed/],
	['tide OR (', 'tide', '', /(?:OR needs|not closed)/],
];

for (const [typed, text, filters, messageAtEnd] of unfinished) {
	test(`${JSON.stringify(typed)} is unfinished, and a mistake when nothing more comes`, () => {
		const query = parse(typed);
		assert.deepEqual(query.mistakes, []);
		assert.equal(shown(query.text), text);
		assert.equal(shownFilters(query), filters);
		assert.match(parseFinal(typed).mistakes[0]?.message ?? '', messageAtEnd);
	});
}

test('filters tell what their values mean', () => {
	assert.deepEqual(onlyFilter('-tokens:>1.5M,20k'), {
		start: 0,
		end: 17,
		name: 'tokens',
		values: ['1.5M', '20k'],
		comparison: '>',
		isExcluded: true,
		amounts: [
			{comparison: '>', amount: 1_500_000},
			{comparison: '>', amount: 20_000},
		],
	});
	assert.deepEqual(onlyFilter('redacted:yes,no').amounts, [
		{comparison: '>', amount: 0},
		{comparison: '=', amount: 0},
	]);
	const [first, next] = [Date.parse('2026-11-20T23:00:00Z'), Date.parse('2026-11-21T23:00:00Z')];
	assert.deepEqual(onlyFilter('on:yesterday').times, [{start: first, end: next}]);
	assert.deepEqual(onlyFilter('after:yesterday').times, [{start: first, end: 8.64e15}]);
	assert.deepEqual(onlyFilter('before:yesterday').times, [{start: -8.64e15, end: first}]);
	assert.deepEqual(onlyFilter('on:yesterday OR on:today').times?.length, 2);
	assert.equal(Object.hasOwn(onlyFilter('repo:shop'), 'times'), false);
});

test('the span of a filter holds what excludes it, and alternatives', () => {
	for (const [typed, start, end] of [
		['x -repo:a y', 2, 9],
		['x NOT repo:a y', 2, 12],
		['(repo:a OR repo:b)', 1, 17],
		['repo:"a b",c', 0, 12],
	] as const) {
		const filter = onlyFilter(typed);
		assert.deepEqual([filter.start, filter.end], [start, end], typed);
	}
});

const amounts: [typed: string, amount: number | undefined][] = [
	['exit:0', 0],
	['exit:-1', -1],
	['exit:-0', 0],
	['tokens:1.1M', 1_100_000],
	['tokens:2G', 2_000_000_000],
	['cost:$.5', 0.5],
	['cost:12.40', 12.4],
];

for (const [typed, amount] of amounts) {
	test(`${typed} is a number`, () => {
		assert.deepEqual(onlyFilter(typed).amounts, [{comparison: '=', amount}]);
	});
}

test('parentheses may go deep, and no deeper', () => {
	const deep = `${'('.repeat(60)}tide${')'.repeat(60)} moon`;
	assert.equal(shown(parse(deep).text), '(tide & moon)');
	assert.equal(parse(deep).mistakes.length, 10);
	assert.match(parse(deep).mistakes[0]?.message ?? '', /50 deep at most/);
	assert.equal(shown(parse(`${'-('.repeat(100_000)}x`).text), 'x');
	assert.equal(shown(parse(`${'NOT '.repeat(99_999)}x`).text), '!x');
});

test('what is very long is understood too', () => {
	assert.equal(parse(`on:${'x,'.repeat(150_000)} tide`).mistakes.length, 150_000);
	assert.equal(parse(`${'repo:a '.repeat(150_000)}x OR y`).filters.length, 150_000);
	assert.equal(parse(`${'a '.repeat(150_000)}`).text?.type, 'and');
});
