import type {Writable} from 'node:stream';

const bufferedCharacters = 64 * 1024;

/** Writes text in large pieces and waits until the reader keeps up, so that memory stays bounded. */
export class Output {
	readonly #stream: Writable;
	#pending = '';

	constructor(stream: Writable) {
		this.#stream = stream;
	}

	async write(text: string): Promise<void> {
		this.#pending += text;
		if (this.#pending.length >= bufferedCharacters) {
			await this.flush();
		}
	}

	async writeLine(text = ''): Promise<void> {
		await this.write(`${text}\n`);
	}

	async writeBytes(bytes: Uint8Array): Promise<void> {
		await this.flush();
		await this.#send(bytes);
	}

	async flush(): Promise<void> {
		if (this.#pending !== '') {
			const text = this.#pending;
			this.#pending = '';
			await this.#send(text);
		}
	}

	async #send(chunk: string | Uint8Array): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.#stream.write(chunk, error => (error ? reject(error) : resolve()));
		});
	}
}

/** Whether the reader went away (`codex-tui sessions | head`), which is no failure. */
export const isClosedPipe = (error: unknown): boolean =>
	['EPIPE', 'ERR_STREAM_DESTROYED'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
