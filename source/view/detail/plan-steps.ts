import type {PlanStep} from '../../model/log-event.js';
import type {Row, Tone} from '../../text/span.js';
import {drawBeside, type Page, textRows} from './page.js';

const marks = new Map<string, {mark: string; tone: Tone; text: Tone}>([
	['completed', {mark: '[x]', tone: 'success', text: 'dim'}],
	['in_progress', {mark: '[>]', tone: 'accent', text: 'normal'}],
]);

/** A plan as a checklist: `[x]` done, `[>]` under way, `[ ]` to come. */
export const planRows = (steps: readonly PlanStep[], page: Page): Row[] =>
	steps.flatMap(({step, status}) => {
		const {mark, tone, text} = marks.get(status) ?? {mark: '[ ]', tone: 'dim', text: 'normal'};
		return drawBeside([{text: `${mark} `, tone}], [{text: '    '}], page, inner => textRows(step, inner, text));
	});
