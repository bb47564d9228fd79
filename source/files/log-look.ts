import fs from 'node:fs';
import path from 'node:path';
import type {FileFailure} from '../model/problem.js';
import {type LogStamp, LogStamper} from './log-stamp.js';
import {type FoundFile, RolloutCollector} from './rollout-collector.js';
import {parseRolloutName, withoutZst} from './rollout-name.js';
import {failureReason} from './walk-folders.js';

/**
A look at every file that is named like a log: one number each, to tell what has changed since another look. What else
there is to know of a file is asked for the few that have; `findRollouts` tells it of all.
*/
export class LogLook {
	readonly failures: FileFailure[] = [];
	/** One for each file, in the order of the walk. */
	readonly stamps: LogStamp[] = [];
	readonly #folders: string[] = [];
	readonly #names: string[] = [];
	readonly #sizes: number[] = [];
	readonly #times: number[] = [];
	readonly #inodes: number[] = [];
	readonly #stamper = new LogStamper();

	add(folder: string, name: string, given: 'found' | 'given' = 'found'): void {
		if (!isUsualName(name) && parseRolloutName(name, given) === undefined) {
			if (given === 'given') {
				this.failures.push({path: path.join(folder, name), reason: 'not a session log by its name'});
			}

			return;
		}

		const stat = this.#stat(`${folder}${path.sep}${name}`);
		if (stat === undefined) {
			return;
		}

		this.stamps.push(this.#stamper.stampOf(folder, name, stat));
		this.#folders.push(folder);
		this.#names.push(name);
		this.#sizes.push(stat.size);
		this.#times.push(stat.mtimeMs);
		this.#inodes.push(stat.ino);
	}

	/** Only a whole walk tells what is amiss with it. */
	refuse(folder: string, name: string): void {
		this.failures.push({path: path.join(folder, name), reason: 'not a file'});
	}

	/** Bytes of the files at these places; of all when left out. */
	bytes(places: Iterable<number> = this.#sizes.keys()): number {
		let sum = 0;
		for (const place of places) {
			sum += this.#sizes[place] ?? 0;
		}

		return sum;
	}

	/**
	What is to be known of the files at these places, newest first. Undefined where it takes a whole walk to tell which file
	stands for its log: another one has its name or its bytes, or it has gone meanwhile.
	*/
	filesAt(places: readonly number[]): FoundFile[] | undefined {
		if (places.length === 0) {
			return [];
		}

		const names = new Set(places.map(place => withoutZst(this.#names[place] ?? '')));
		const namesakes = this.#names.filter(
			name => names.has(name) || (name.endsWith('.zst') && names.has(withoutZst(name))),
		);
		if (namesakes.length !== places.length || places.some(place => this.#isLinked(place))) {
			return undefined;
		}

		const files = this.#collect(places);
		return files.length === places.length ? files : undefined;
	}

	/** The files that changed last, as they were when they were looked at. */
	newest(count: number): FoundFile[] {
		const times = this.#times;
		const limit = Float64Array.from(times).sort().at(-count) ?? Number.NEGATIVE_INFINITY;
		const places = [...times.keys()].filter(place => (times[place] ?? 0) >= limit).slice(0, count);
		const seen = new Map(places.map(place => [path.join(this.#folders[place] ?? '', this.#names[place] ?? ''), place]));
		return this.#collect(places).map(file => this.#asSeen(file, seen.get(file.path) ?? -1));
	}

	/** A file may have changed since. */
	#asSeen(file: FoundFile, place: number): FoundFile {
		const time = this.#times[place] ?? 0;
		const size = this.#sizes[place] ?? 0;
		const isSame = file.size === size && Math.abs(Number(file.mtimeNs) / 1e6 - time) < 1e-3;
		return isSame ? file : {...file, size, mtimeNs: BigInt(Math.round(time * 1e6))};
	}

	#collect(places: readonly number[]): FoundFile[] {
		const collector = new RolloutCollector();
		for (const place of places) {
			collector.add(this.#folders[place] ?? '', this.#names[place] ?? '', 'given');
		}

		return collector.result().files;
	}

	#isLinked(place: number): boolean {
		const file = path.join(this.#folders[place] ?? '', this.#names[place] ?? '');
		const stat = fs.lstatSync(file, {throwIfNoEntry: false});
		return stat === undefined || stat.isSymbolicLink() || (stat.nlink > 1 && isTwice(this.#inodes, stat.ino));
	}

	#stat(file: string): fs.Stats | undefined {
		try {
			return fs.statSync(file);
		} catch (error) {
			// A log that was moved or compressed since the listing is found again on the next walk.
			if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
				this.failures.push({path: file, reason: failureReason(error)});
			}

			return undefined;
		}
	}
}

/** How nearly all logs are named: told without an expression, since thousands are looked at with every start. */
const isUsualName = (name: string): boolean => name.startsWith('rollout-') && name.endsWith('.jsonl');

const isTwice = (numbers: readonly number[], number: number): boolean =>
	numbers.indexOf(number) !== numbers.lastIndexOf(number);
