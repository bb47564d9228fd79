import type {FileFailure} from '../model/problem.js';
import {type IngestProgress, noProgress} from './progress.js';

const interval = 100;

/** Counts what is done and tells it at most ten times a second. */
export class ProgressMeter {
	private progress = noProgress('finding');

	private startedAt = performance.now();
	/** Bytes that were done before this start. */
	private bytesBefore = 0;
	private toldAt = 0;

	constructor(private readonly tell: ((progress: IngestProgress) => void) | undefined) {}

	start(phase: IngestProgress['phase'], files: readonly {size: number}[], failures: FileFailure[]): void {
		const bytesTotal = files.reduce((sum, file) => sum + file.size, 0);
		this.goOn(phase, {filesDone: 0, filesTotal: files.length, bytesDone: 0, bytesTotal}, failures);
	}

	/** Starts a phase some of which was done before. */
	goOn(
		phase: IngestProgress['phase'],
		done: Pick<IngestProgress, 'filesDone' | 'filesTotal' | 'bytesDone' | 'bytesTotal'>,
		failures: FileFailure[],
	): void {
		const {problems} = this.progress;
		this.startedAt = performance.now();
		this.bytesBefore = done.bytesDone;
		this.progress = {
			phase,
			...done,
			bytesPerSecond: 0,
			secondsLeft: null,
			problems,
			failures,
		};
		this.update(true);
	}

	addFile(problems: number): void {
		this.progress.filesDone++;
		this.progress.problems += problems;
		this.update(false);
	}

	addBytes(bytes: number): void {
		this.progress.bytesDone += bytes;
		this.update(false);
	}

	private update(isForced: boolean): void {
		const now = performance.now();
		if (this.tell === undefined || (!isForced && now - this.toldAt < interval)) {
			return;
		}

		this.toldAt = now;
		const {bytesDone, bytesTotal} = this.progress;
		const seconds = (now - this.startedAt) / 1000;
		const bytesPerSecond = seconds > 0.2 ? (bytesDone - this.bytesBefore) / seconds : 0;
		const left = Math.max(0, bytesTotal - bytesDone);
		this.tell({
			...this.progress,
			failures: [...this.progress.failures],
			bytesPerSecond,
			secondsLeft: bytesPerSecond > 0 ? left / bytesPerSecond : null,
		});
	}
}
