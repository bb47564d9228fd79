import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {pipeline} from 'node:stream/promises';
import type {ShownStore} from '../../disclose/shown.js';
import type {ChosenSession} from '../../report/chosen.js';
import {PlaceholderCounter, type RuleOrigins} from '../../report/redaction-tally.js';
import {type ReportMaterial, reportParts} from '../../report/report-parts.js';
import type {ReportRequest} from '../../report/request.js';
import type {PriceTable} from '../../usage/prices.js';
import type {Outlet} from '../outlet.js';
import type {Output} from '../output.js';
import {checkFile, stopped, writeChecked, writePartial} from '../write-checked.js';
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
		await writeOut(writing, await writerOf(writing, store));
	} catch (error) {
		throw signal?.aborted === true ? stopped() : error;
	} finally {
		await store.close();
	}
};

type Write = (output: Output) => Promise<void>;

const writerOf = async (writing: ReportWriting, store: ShownStore): Promise<Write> => {
	const {plan, choice, request, outlet, prices, origins, onProgress, signal} = writing;
	const render = await plan.format.load();
	return async output => {
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
		for await (const text of render(reportParts(material))) {
			signal?.throwIfAborted();
			counter.count(text);
			await output.write(text);
		}
	};
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

const writeOut = async ({plan, outlet, stdout, onProgress, signal}: ReportWriting, write: Write): Promise<void> => {
	const inspection = await outlet.inspection();
	const onChecked = (share: number): void => onProgress('checking', share);
	if (plan.output !== undefined) {
		await writeChecked(plan.output, write, {inspection, replaces: plan.replaces, signal, onChecked});
		return;
	}

	// What has gone to standard output cannot be taken back: it is checked in a file of our own first.
	const folder = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'codex-tui-'));
	try {
		const file = path.join(folder, 'report');
		await writePartial(file, write);
		await checkFile(file, {inspection, signal, onChecked});
		await pipeline(fs.createReadStream(file), async chunks => {
			for await (const chunk of chunks as AsyncIterable<Buffer>) {
				await stdout.writeBytes(chunk);
			}
		});
	} finally {
		await fs.promises.rm(folder, {recursive: true, force: true});
	}
};
