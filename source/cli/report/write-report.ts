import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type {ShownStore} from '../../disclose/shown.js';
import type {ChosenSession} from '../../report/chosen.js';
import type {ReportFormat} from '../../report/formats.js';
import {PlaceholderCounter, type RedactionTally, type RuleOrigins} from '../../report/redaction-tally.js';
import type {ReportPart} from '../../report/report-part.js';
import {type ReportMaterial, reportParts} from '../../report/report-parts.js';
import type {ReportRequest} from '../../report/request.js';
import type {PriceTable} from '../../usage/prices.js';
import {noteExport} from '../note-export.js';
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
import {beginningOf} from './preview-text.js';
import type {ReportPlan} from './report-plan.js';

/** How far a report has come, for whoever waits for it. */
export type ReportProgress = (phase: 'reading' | 'writing' | 'checking', share: number) => void;

export type ReportWriting = {
	plan: Pick<ReportPlan, 'format' | 'output' | 'replaces' | 'isPreview'>;
	choice: Choice;
	request: ReportRequest;
	/** One that nothing went through yet, so that placeholders count from 1 in the order of the report. */
	outlet: Outlet;
	databasePath: string;
	prices: PriceTable;
	origins: RuleOrigins;
	stdout: Output;
	stderr: Output;
	onProgress: ReportProgress;
	signal?: AbortSignal | undefined;
};

/**
Looks through everything that is chosen, writes it, looks through what was written, and only then gives it its name and notes that it
was given away. Answers how many values were redacted in it.
*/
export const writeReport = async (writing: ReportWriting): Promise<number> => {
	const {outlet, choice, databasePath, onProgress, signal, plan, request, stderr} = writing;
	const store = await outlet.openStore(databasePath);
	try {
		const ids = choice.chosen.map(({session}) => session.id);
		await store.learn(ids, {onLearned: done => onProgress('reading', done / ids.length), signal});
		if (plan.isPreview) {
			await writePreview(writing, store);
			return 0;
		}

		const redactions = redactedIn(
			await (plan.format.type === 'document'
				? writeDocument(writing, store, plan.format)
				: writeFolder(writing, store, plan.format)),
		);
		const [only, ...others] = choice.chosen;
		const detail = {format: plan.format.id, mode: request.mode, sessions: choice.chosen.length, redactions};
		await noteExport(store.redactions, stderr, detail, others.length === 0 ? only?.session.threadId : undefined);
		return redactions;
	} catch (error) {
		throw signal?.aborted === true ? stopped() : error;
	} finally {
		await store.close();
	}
};

const redactedIn = (tally: RedactionTally): number =>
	tally.reduce((sum, {values, replaced}) => sum + values + replaced, 0);

/** Renders the report piece by piece, counting what was redacted in it; answers what it says of that itself. */
async function* pieces<Piece>(
	{choice, request, outlet, prices, origins, onProgress, signal}: ReportWriting,
	store: ShownStore,
	render: (parts: AsyncIterable<ReportPart>) => AsyncIterable<Piece>,
	textOf: (piece: Piece) => string,
): AsyncGenerator<Piece, RedactionTally> {
	let told: RedactionTally = [];
	const counter = new PlaceholderCounter();
	const chosen = await asLearned(store, choice.chosen);
	const material: ReportMaterial = {
		store,
		chosen,
		automation: choice.automation,
		request,
		prices,
		async tally() {
			told = counter.rows(origins, await outlet.replaced());
			return told;
		},
		onSession: done => onProgress('writing', done / chosen.length),
	};
	for await (const piece of render(reportParts(material))) {
		signal?.throwIfAborted();
		counter.count(textOf(piece));
		yield piece;
	}

	return told;
}

/** Takes every piece; answers what the generator answers. */
const each = async <Piece, Answer>(
	generator: AsyncGenerator<Piece, Answer>,
	take: (piece: Piece) => Promise<unknown> | undefined,
): Promise<Answer> => {
	for (;;) {
		const next = await generator.next();
		if (next.done) {
			return next.value;
		}

		await take(next.value);
	}
};

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

const writeFolder = async (writing: ReportWriting, store: ShownStore, format: Folder): Promise<RedactionTally> => {
	const {files, render} = await format.load();
	let tally: RedactionTally = [];
	const write = async (outputs: ReadonlyMap<string, Output>): Promise<void> => {
		const rendered = pieces(writing, store, render, piece => piece.text);
		tally = await each(rendered, ({file, text}) => outputs.get(file)?.write(text));
	};
	await writeCheckedFolder(writing.plan.output ?? '', files, write, await checking(writing));
	return tally;
};

type Document = Extract<ReportFormat, {type: 'document'}>;

const writeDocument = async (writing: ReportWriting, store: ShownStore, format: Document): Promise<RedactionTally> => {
	const render = await format.load();
	let tally: RedactionTally = [];
	const write = async (output: Output): Promise<void> => {
		const rendered = pieces(writing, store, render, piece => piece);
		tally = await each(rendered, text => output.write(text));
	};
	const {output} = writing.plan;
	await (output === undefined ? writeToStdout(writing, write) : writeChecked(output, write, await checking(writing)));
	return tally;
};

/** The beginning of the report; of several files, that of each. */
const writePreview = async (writing: ReportWriting, store: ShownStore): Promise<void> => {
	const {format} = writing.plan;
	await writeToStdout(writing, async output => {
		if (format.type === 'document') {
			const rendered = pieces(writing, store, await format.load(), piece => piece);
			await output.write(await beginningOf(rendered, text => ({file: undefined, text})));
		} else {
			const rendered = pieces(writing, store, (await format.load()).render, piece => piece.text);
			await output.write(await beginningOf(rendered, piece => piece));
		}
	});
};

/** What has gone to standard output cannot be taken back: it is checked in a file of our own first. */
const writeToStdout = async (writing: ReportWriting, write: (output: Output) => Promise<void>): Promise<void> => {
	const folder = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'codex-tui-'));
	try {
		const file = path.join(folder, 'report');
		await writePartial(file, write);
		await checkFile(file, await checking(writing));
		for await (const chunk of fs.createReadStream(file) as AsyncIterable<Buffer>) {
			await writing.stdout.writeBytes(chunk);
		}
	} finally {
		await fs.promises.rm(folder, {recursive: true, force: true});
	}
};
