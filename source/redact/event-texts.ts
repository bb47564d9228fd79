import type {ImagePlaceholder, LogEvent} from '../model/log-event.js';
import type {SessionSummary} from '../model/session.js';

/** A text of a session, and the field that it stands in: `output`, `changes.path`, `git.branch`. */
export type FieldText = {field: string; text: string};

/** Fields of an event that hold no text of anybody, or that another field tells in full. */
const passedOver = new Set([
	'kind',
	'at',
	'line',
	'role',
	'phase',
	'status',
	'tool',
	'change',
	'callId',
	'turnId',
	'parts',
]);

/** Every text of an event, those of a later release's fields as well; what a review holds are events of their own. */
export const textsOfEvent = (event: LogEvent): FieldText[] =>
	textsIn(event.kind === 'review' ? {...event, events: undefined} : event, '');

/** What somebody asked, and where its pictures come from. */
export const textsOfPrompt = ({text, images}: {text: string; images: readonly ImagePlaceholder[]}): FieldText[] =>
	textsIn({text, images: images.map(({source}) => ({source}))}, 'prompt');

/** What is known of a session besides its events. */
export const textsOfSession = ({title, name, cwd, gitBranch, gitRepositoryUrl}: SessionSummary): FieldText[] =>
	textsIn(
		{title, name: name === title ? null : name, cwd, git: {branch: gitBranch, repositoryUrl: gitRepositoryUrl}},
		'',
	);

const textsIn = (value: unknown, field: string): FieldText[] => {
	if (typeof value === 'string') {
		return value === '' ? [] : [{field, text: value}];
	}

	if (Array.isArray(value)) {
		return value.flatMap(item => textsIn(item, field));
	}

	return typeof value === 'object' && value !== null
		? Object.entries(value).flatMap(([name, inner]) =>
				passedOver.has(name) ? [] : textsIn(inner, field === '' ? name : `${field}.${name}`),
			)
		: [];
};
