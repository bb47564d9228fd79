import type {PointerEvent} from '../../app/pointer.js';
import {createMouseReports} from './mouse-reports.js';

/** How long what may be an Esc key waits for the rest of a report. */
const patienceMs = 20;

/** What is read of a terminal's input, as Ink reads it. */
export type Input = Pick<NodeJS.ReadStream, 'read' | 'emit'>;

/** The same input for Ink, with nothing in it of what the mouse says: that goes to `onMouse`. */
export const inputWithoutMouse = <T extends Input>(input: T, onMouse: (event: PointerEvent) => void): T => {
	const reports = createMouseReports();
	let released = '';
	let timer: NodeJS.Timeout | undefined;

	const release = (): void => {
		released = reports.release();
		if (released !== '') {
			input.emit('readable');
		}
	};

	const read = (): string | null => {
		clearTimeout(timer);
		if (released !== '') {
			const typed = released;
			released = '';
			return typed;
		}

		for (let chunk = input.read() as Buffer | string | null; chunk !== null; chunk = input.read()) {
			const {typed, events} = reports.take(chunk.toString());
			for (const event of events) {
				onMouse(event);
			}

			if (typed !== '') {
				return typed;
			}
		}

		if (reports.isHolding()) {
			timer = setTimeout(release, patienceMs);
		}

		return null;
	};

	return new Proxy(input, {
		get(target, name) {
			if (name === 'read') {
				return read;
			}

			const value: unknown = Reflect.get(target, name, target);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
};
