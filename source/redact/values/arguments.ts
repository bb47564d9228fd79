import {isPlaceholder, isReference} from './placeholders.js';
import {isWordy, looksRandom, shapeOf} from './shape.js';

/** Where a password is expected even a word may be one, unless it is a reference, an option, a path or a port. */
export const isArgument = (value: string): boolean =>
	value.length >= 4 &&
	!value.startsWith('-') &&
	!isReference(value) &&
	!isPlaceholder(value) &&
	!(/[/\\]/.test(value) && !looksRandom(value, 24)) &&
	!/^[~.]|\.(?:pem|key|txt|json|crt|pfx|p12|env|ya?ml|sh|js|ts|py|sql|db|zip)$|^\d{1,5}(?::\d{1,5})?$|^\w+=.|\$/.test(
		value,
	);

/** As `isArgument`, where something else may stand as well: the value must not be a plain word. */
export const isLikely = (value: string): boolean => {
	const {digits, symbols, upper, lower} = shapeOf(value);
	return (
		isArgument(value) &&
		value.length >= 6 &&
		((digits > 0 && symbols > 0) ||
			(((digits > 0 && upper + lower > 0) || symbols > 0 || (upper > 0 && lower > 0)) && !isWordy(value)))
	);
};
