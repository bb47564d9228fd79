import assert from 'node:assert/strict';
import {lexer, type Token, type Tokens} from 'marked';

/** HTML that a report itself writes; all of it, so that anything else is out of a log. */
const ownHtml =
	/^(?:<details>\n<summary><b>[^<>]*<\/b>(?: <code>[^<>]*<\/code>)?[^<>]*<\/summary>|<\/details>|<a id="[a-z\d-]+">|<\/a>)$/;

const walk = function* (tokens: readonly Token[]): Generator<Token> {
	for (const token of tokens) {
		yield token;
		yield* walk((token as Tokens.Generic).tokens ?? []);
		for (const one of (token as Tokens.List).items ?? []) {
			yield* walk([one]);
		}

		const {header = [], rows = []} = token.type === 'table' ? (token as Tokens.Table) : {};
		for (const cell of [...header, ...rows.flat()]) {
			yield* walk(cell.tokens);
		}
	}
};

/** Holds a report against what any Markdown reader makes of it: nothing in it is structure or HTML but the report's own. */
export const assertStructure = (markdown: string): void => {
	const tokens = [...walk(lexer(markdown))];
	const anchors = new Set<string>();
	const links: string[] = [];
	let depth = 0;
	let open = 0;
	for (const token of tokens) {
		switch (token.type) {
			case 'heading':
				assert.ok(token['depth'] <= depth + 1, `${token.raw} stands below a heading of level ${depth}`);
				assert.ok(depth === 0 || token['depth'] > 1, `${token.raw} is a second title`);
				depth = token['depth'];
				break;
			case 'html': {
				for (const tag of token.raw.trim().split(/\n(?=<\/?details>$)/)) {
					assert.match(tag, ownHtml);
					open += tag.startsWith('<details>') ? 1 : tag === '</details>' ? -1 : 0;
					assert.ok(open === 0 || open === 1, 'folded parts are not nested');
				}

				const [, id] = /<a id="(.*)">/.exec(token.raw) ?? [];
				if (id !== undefined) {
					assert.equal(anchors.has(id), false, `${id} twice`);
					anchors.add(id);
				}

				break;
			}

			case 'image':
				assert.fail(`an image: ${token.raw}`);
				break;
			case 'link':
				// An address that stands there bare becomes a link by itself.
				if (token['href'].startsWith('#')) {
					links.push(token['href'].slice(1));
				} else {
					assert.match(token['href'], /^(?:https?:|mailto:|ftp:)/);
					assert.equal(token.raw.startsWith('['), false, token.raw);
				}
		}
	}

	assert.equal(open, 0, 'every folded part is closed');
	assert.deepEqual(
		links.filter(link => !anchors.has(link)),
		[],
		'links lead somewhere',
	);
};
