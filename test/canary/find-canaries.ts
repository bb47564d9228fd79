/** A value that was seen, and in which form. */
export type Sighting = {place: string; form: string};

/** So many characters of a value in a row give it away. */
const telling = 12;

const entities: Record<string, string> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

/** The part of a value's base64 that does not depend on what stands beside it. */
const base64 = (value: string, shift: number): string => {
	const whole = Buffer.from(`${'\0'.repeat(shift)}${value}`).toString('base64');
	return whole.slice(shift === 0 ? 0 : shift + 1, Math.floor((Buffer.byteLength(value) + shift) / 3) * 4);
};

/** Every form that a value may leave in. */
export const formsOf = (value: string): [form: string, text: string][] => {
	const json = JSON.stringify(value).slice(1, -1);
	const hex = Buffer.from(value).toString('hex');
	const encoded = [0, 1, 2].map(shift => base64(value, shift));
	return [
		['plain', value],
		['JSON', json],
		['JSON in JSON', JSON.stringify(json).slice(1, -1)],
		['URL', encodeURIComponent(value)],
		['HTML', value.replaceAll(/[&<>"']/g, character => entities[character] ?? character)],
		...encoded.map((text, shift): [string, string] => [`base64 at ${shift}`, text]),
		...encoded.map((text, shift): [string, string] => [
			`base64url at ${shift}`,
			text.replaceAll('+', '-').replaceAll('/', '_'),
		]),
		['hex', hex],
		['HEX', hex.toUpperCase()],
	];
};

const esc = '\\u001B';

/** Colours, moves of the cursor, and what is told to the terminal itself, of which the words stay. */
const sequences = new RegExp(`${esc}\\[[\\d;?<>=]*[ -/]*[@-~]|${esc}[\\]PX^_]|${esc}\\\\|${esc}[ -/]*[0-~]`, 'g');

/** What a terminal, a table or a wrapped line puts between the characters of a value. */
const padding = /[\s│┃|▌▏▕─━═…>+]+/g;

/** Searches for values, or for a telling part of them, in whatever form. */
export const canaryFinder = (values: ReadonlyMap<string, string>): ((text: string) => Sighting[]) => {
	const parts = new Map<string, Sighting>();
	const whole: [string, Sighting][] = [];
	for (const [place, value] of values) {
		for (const [form, text] of formsOf(value)) {
			if (text.length < telling) {
				whole.push([text, {place, form}]);
			}

			for (let at = 0; at + telling <= text.length; at++) {
				const part = text.slice(at, at + telling);
				parts.set(part, parts.get(part) ?? {place, form});
			}
		}
	}

	const search = (text: string): Sighting[] => {
		const found = new Set(whole.flatMap(([value, sighting]) => (text.includes(value) ? [sighting] : [])));
		for (let at = 0; at + telling <= text.length; at++) {
			const sighting = parts.get(text.slice(at, at + telling));
			if (sighting !== undefined) {
				found.add(sighting);
			}
		}

		return [...found];
	};

	return text => {
		const readable = text.replace(sequences, '');
		const joined = readable.replace(padding, '');
		const seen = [...search(text), ...search(readable), ...search(joined)];
		return [...new Map(seen.map(sighting => [`${sighting.place} ${sighting.form}`, sighting])).values()];
	};
};
