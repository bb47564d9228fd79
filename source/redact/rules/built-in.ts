import {ai} from './ai.js';
import {chatAndMail} from './chat-and-mail.js';
import {cloud} from './cloud.js';
import {forges} from './forges.js';
import {keys} from './keys.js';
import {payment} from './payment.js';
import {registries} from './registries.js';
import type {Rule} from './rule.js';
import {services} from './services.js';

/** All rules for values that say themselves what they are. */
export const tokenRules: readonly Rule[] = [
	...ai,
	...forges,
	...registries,
	...cloud,
	...chatAndMail,
	...payment,
	...services,
	...keys,
];
