import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type {ShownStore} from '../../disclose/shown.js';
import type {ChosenSession} from '../../report/chosen.js';
import type {ReportFormat} from '../../report/formats.js';
import {PlaceholderCounter, type RuleOrigins} from '../../report/redaction-tally.js';
import type {ReportPart} from '../../report/report-part.js';
import {type ReportMaterial, reportParts} from '../../report/report-parts.js';
import type {ReportRequest} from '../../report/request.js';
import type {PriceTable} from '../../usage/prices.js';
import type {Outlet} from '../outlet.js';
import type {Output} from '../output.js';
import {
	type CheckedOptions,
	checkFile,
	stopped,
	writeChecked,
	writeCheckedFolder,
	writePartial,
} from '../write-checked.js';
import type {Choice} from './choose-sessions.js';
import type {ReportPlan} from './report-plan.js';

/** How far a report has come, for whoever waits for it. */
export type ReportProgress = (phase: 'reading' | 'writing' | 'checking', share: number) => void;

export type ReportWriting = {
	plan: Pick<ReportPlan, 'format' | 'output' | 'replaces'>;
	choice: Choice;
	request: ReportRequest;
	/** One that nothing went through yet, so that placeholders count from 1 in the order of the report. */
	outlet: Outlet;
	databasePath: string;
	prices: PriceTable;
	origins: RuleOrigins;
	stdout: Output;
	onProgress: ReportProgress;
	signal?: AbortSignal | undefined;
};

/** Looks through everything that is chosen, writes it, looks through what was written, and only then gives it its name. */
export const writeReport = async (writing: ReportWriting): Promise<void> => {
	const {outlet, choice, databasePath, onProgress, signal} = writing;
	const store = await outlet.openStore(databasePath);
	try {
		const ids = choice.chosen.map(({session}) => session.id);
		await store.learn(ids, {onLearned: done => onProgress('reading', done / ids.length), signal});
		await (writing.plan.format.type === 'document'
			? writeDocument(writing, store, writing.plan.format)
			: writeFolder(writing, store, writing.plan.format));
	} catch (error) {
		throw signal?.aborted === true ? stopped() : error;
	} finally {
		await store.close();
	}
};

/** Renders the report piece by piece, counting what was redacted in it. */
async function* pieces<Piece>(
	{choice, request, outlet, prices, origins, onProgress, signal}: ReportWriting,
	store: ShownStore,
	render: (parts: AsyncIterable<ReportPart>) => AsyncIterable<Piece>,
	textOf: (piece: Piece) => string,
): AsyncGenerator<Piece> {
	const counter = new PlaceholderCounter();
	const chosen = await asLearned(store, choice.chosen);
	const material: ReportMaterial = {
		store,
		chosen,
		automation: choice.automation,
		request,
		prices,
		tally: async () => counter.rows(origins, await outlet.replaced()),
		onSession: done => onProgress('writing', done / chosen.length),
	};
	for await (const piece of render(reportParts(material))) {
		signal?.throwIfAborted();
		counter.count(textOf(piece));
		yield piece;
	}
}

/** Sessions again, now that everything in them is known. */
const asLearned = async (store: ShownStore, chosen: readonly ChosenSession[]): Promise<ChosenSession[]> => {
	const again: ChosenSession[] = [];
	for (const choice of chosen) {
		const session = await store.session(choice.session.id);
		if (session !== undefined) {
			again.push({...choice, session});
		}
	}

	return again;
};

const checking = async ({plan, outlet, onProgress, signal}: ReportWriting): Promise<CheckedOptions> => ({
	inspection: await outlet.inspection(),
	replaces: plan.replaces,
	signal,
	onChecked: share => onProgress('checking', share),
});

type Folder = Extract<ReportFormat, {type: 'folder'}>;

const writeFolder = async (writing: ReportWriting, store: ShownStore, format: Folder): Promise<void> => {
	const {files, render} = await format.load();
	const write = async (outputs: ReadonlyMap<string, Output>): Promise<void> => {
		for await (const {file, text} of pieces(writing, store, render, piece => piece.text)) {
			await outputs.get(file)?.write(text);
		}
	};
	await writeCheckedFolder(writing.plan.output ?? '', files, write, await checking(writing));
};

type Document = Extract<ReportFormat, {type: 'document'}>;

const writeDocument = async (writing: ReportWriting, store: ShownStore, format: Document): Promise<void> => {
	const render = await format.load();
	const write = async (output: Output): Promise<void> => {
		for await (const text of pieces(writing, store, render, piece => piece)) {
			await output.write(text);
		}
	};
	const options = await checking(writing);
	if (writing.plan.output !== undefined) {
		await writeChecked(writing.plan.output, write, options);
		return;
	}

	// What has gone to standard output cannot be taken back: it is checked in a file of our own first.
	const folder = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'codex-tui-'));
	try {
		const file = path.join(folder, 'report');
		await writePartial(file, write);
		await checkFile(file, options);
		for await (const chunk of fs.createReadStream(file) as AsyncIterable<Buffer>) {
			await writing.stdout.writeBytes(chunk);
		}
	} finally {
		await fs.promises.rm(folder, {recursive: true, force: true});
	}
};
