import {patternMarks, replacedView, type View} from './view.js';

/** CSI, OSC and other control sequences; letters struck over; characters without width. */
const marks =
	/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b\n]*(?:\u0007|\u001b\\)|[@-Z\\^_])|\u009b[0-?]*[ -/]*[@-~]|[^\n]\u0008|[\u00ad\u200b-\u200d\u2060\ufeff]/g;

const hint = /[\u001b\u009b\u0008\u00ad\u200b-\u200d\u2060\ufeff]/;

/** The text as a terminal shows it: colours, links and invisible characters inside or beside a value removed. */
export const withoutHidden = (view: View): View | undefined =>
	hint.test(view.text)
		? replacedView(
				view,
				patternMarks(view.text, marks, () => ''),
			)
		: undefined;
