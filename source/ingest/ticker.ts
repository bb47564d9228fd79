/** A pause that can be cut short. */
export class Ticker {
	private wakeUp: (() => void) | undefined;

	async wait(ms: number): Promise<void> {
		const {promise, resolve} = Promise.withResolvers<void>();
		const timer = setTimeout(resolve, ms);
		this.wakeUp = resolve;
		await promise;
		clearTimeout(timer);
		this.wakeUp = undefined;
	}

	wake(): void {
		this.wakeUp?.();
	}
}
