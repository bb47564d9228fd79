/** Search and fold. Everything can be read without it: it only shows its own controls. */
export const script = `
'use strict';
const tools = document.querySelector('.tools');
const search = document.querySelector('#search');
const count = document.querySelector('#count');
const items = [...document.querySelectorAll('[data-item]')];
const folds = () => document.querySelectorAll('main details');
tools.hidden = false;
const texts = new WeakMap();
const textOf = item => {
	if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
	return texts.get(item);
};
let timer;
const apply = () => {
	const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
	let found = 0;
	for (const item of items) {
		const fits = words.every(word => textOf(item).includes(word));
		item.classList.toggle('none', !fits);
		found += fits ? 1 : 0;
	}
	count.textContent = words.length === 0 ? '' : found + ' of ' + items.length + ' parts';
};
search.addEventListener('input', () => {
	clearTimeout(timer);
	timer = setTimeout(apply, 150);
});
document.querySelector('#unfold').addEventListener('click', () => folds().forEach(one => { one.open = true; }));
document.querySelector('#fold').addEventListener('click', () => folds().forEach(one => { one.open = false; }));
let closed = [];
addEventListener('beforeprint', () => {
	closed = [...folds()].filter(one => !one.open);
	closed.forEach(one => { one.open = true; });
});
addEventListener('afterprint', () => closed.forEach(one => { one.open = false; }));
`;
