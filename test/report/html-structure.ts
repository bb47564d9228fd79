import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {type DefaultTreeAdapterMap, parse} from 'parse5';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

/** Elements that a report has; anything else is out of a log. */
const elements = new Set(
	(
		'html head meta title style body script a div label input button span header h1 h2 h3 nav ul li main section article ' +
		'footer figure figcaption svg desc rect line text details summary table caption thead tbody tr th td p dl dt dd pre code ' +
		'strong br'
	).split(' '),
);

const attributes = new Set(
	(
		'lang charset http-equiv content name id class href for type role autocomplete hidden aria-label aria-labelledby scope open ' +
		'tabindex viewBox x y x1 x2 y1 y2 width height rx text-anchor data-item'
	).split(' '),
);

const isElement = (node: Node): node is Element => 'tagName' in node;

function* walk(node: Node): Generator<Element> {
	if (isElement(node)) {
		yield node;
	}

	for (const child of 'childNodes' in node ? node.childNodes : []) {
		yield* walk(child);
	}
}

const attribute = (element: Element, name: string): string | undefined =>
	element.attrs.find(one => one.name === name)?.value;

/** All text below a node. */
export const textOf = (node: Node): string =>
	'value' in node ? node.value : ('childNodes' in node ? node.childNodes : []).map(textOf).join('');

/** Reads a page as browsers do, where everything that is closed wrongly is an error. */
export const readPage = (page: string): Element[] => {
	const errors: string[] = [];
	const document = parse(page, {
		sourceCodeLocationInfo: true,
		onParseError: ({code, startLine}) => errors.push(`${code} on line ${startLine}`),
	});
	assert.deepEqual(errors, []);
	return [...walk(document)];
};

/** Holds a page against what it may be: one page without a network, accessible, and with no element or address of a log in it. */
export const assertPage = (page: string): void => {
	const all = readPage(page);
	const named = (name: string): Element[] => all.filter(({tagName}) => tagName === name);
	const ids = all.flatMap(element => attribute(element, 'id') ?? []);
	assert.equal(new Set(ids).size, ids.length, 'every id once');
	for (const element of all) {
		assert.ok(elements.has(element.tagName), `<${element.tagName}>`);
		for (const {name} of element.attrs) {
			assert.ok(attributes.has(name), `${name} of <${element.tagName}>`);
		}

		const hidden = element.sourceCodeLocation;
		assert.ok(hidden?.startTag !== undefined || hidden !== undefined, `<${element.tagName}> that nobody wrote`);
		const href = attribute(element, 'href');
		assert.ok(href === undefined || (href.startsWith('#') && ids.includes(href.slice(1))), `a link to ${href}`);
		for (const id of attribute(element, 'aria-labelledby')?.split(' ') ?? []) {
			assert.ok(ids.includes(id), `a label ${id}`);
		}
	}

	assert.doesNotMatch(
		page.slice(0, page.indexOf('<body>')).replace(/<title>.*?<\/title>/s, ''),
		/https?:|url\(|@import/,
	);
	for (const name of ['header', 'nav', 'main', 'footer', 'h1', 'title', 'style', 'script']) {
		assert.equal(named(name).length >= 1, true, name);
		assert.equal(name === 'title' || named(name).length === 1, true, `one ${name}`);
	}

	let depth = 0;
	for (const {tagName} of all.filter(({tagName}) => /^h\d$/.test(tagName))) {
		assert.ok(Number(tagName[1]) <= depth + 1, `${tagName} below ${depth}`);
		depth = Number(tagName[1]);
	}

	assert.equal(attribute(named('html')[0] as Element, 'lang'), 'en');
	for (const drawing of named('svg')) {
		assert.equal(attribute(drawing, 'role'), 'img');
		assert.equal(attribute(drawing, 'aria-labelledby')?.split(' ').length, 2);
	}

	const policy = named('meta').find(one => attribute(one, 'http-equiv') === 'Content-Security-Policy');
	const rules = attribute(policy as Element, 'content') ?? '';
	assert.match(rules, /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; /);
	for (const name of ['style', 'script']) {
		const hash = createHash('sha256')
			.update(textOf(named(name)[0] as Element))
			.digest('base64');
		assert.ok(rules.includes(`${name}-src 'sha256-${hash}'`), `the hash of the ${name}`);
	}
};
