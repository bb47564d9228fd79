import {App} from '../../source/panes/app.js';
import {driveExplorer} from './drive-explorer.js';
import {renderFrame} from './render-frame.js';

/** Prints the frames of one walk through the sample sessions, to compare builds by. */
const walk = [
	['j', 'j'],
	['G'],
	['k', 'k'],
	['enter'],
	['enter', 'j', 'j', 'j'],
	['enter'],
	['?'],
	['escape'],
	['h', 'h', 'h', '/', 'p', 'a', 'r', 's'],
	['enter'],
];

for (const size of [
	{columns: 160, rows: 40},
	{columns: 80, rows: 24},
]) {
	const {explorer, press, settle} = await driveExplorer(size);
	const {frame, unmount} = renderFrame(
		<App explorer={explorer} environment={{noColour: false, background: 'dark'}} />,
		size,
	);
	await settle();
	for (const keys of walk) {
		await press(...keys);
		process.stdout.write(`${frame()}\n`);
	}

	unmount();
}
