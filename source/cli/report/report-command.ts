import path from 'node:path';
import {type PriceFolders, readPrices} from '../../config/read-prices.js';
import type {RuleFolders} from '../../config/read-redaction-rules.js';
import type {Settings} from '../../config/settings.js';
import {packageVersion} from '../../files/package-root.js';
import {UserError} from '../../model/problem.js';
import {bytesLabel, exactCountLabel} from '../../text/labels.js';
import {plainPath} from '../../text/paths.js';
import type {Outlet} from '../outlet.js';
import type {Output} from '../output.js';
import {ProgressLine, type Terminal} from '../progress-line.js';
import {refuseCodexHome} from '../refuse-codex-home.js';
import {whileStoppable} from '../stop-signal.js';
import {type Choice, chooseSessions} from './choose-sessions.js';
import {type ReportPlan, reportPlan} from './report-plan.js';
import {ruleOrigins} from './rule-origins.js';
import {type ReportProgress, writeReport} from './write-report.js';
import {writtenBytes} from './written-bytes.js';

export type ReportSurroundings = {
	settings: Pick<Settings, 'databasePath' | 'source'>;
	outlet: Outlet;
	stdout: Output;
	stderr: Output;
	terminal: Terminal;
	ruleFolders: RuleFolders | undefined;
	/** Reads new logs, and their words where these are needed. */
	refresh: (options: {reference: string | undefined; withTexts: boolean}) => Promise<void>;
};

/** Checks flags and prices, before logs are read; what comes back writes the report. */
export const prepareReport = (
	words: readonly string[],
	flags: Readonly<Record<string, unknown>>,
	now: Date,
	priceFolders?: PriceFolders,
) => {
	const plan = reportPlan(words, flags, now);
	const prices = readPrices(priceFolders);
	return async (surroundings: ReportSurroundings): Promise<void> => {
		const {settings, outlet, stdout, stderr, terminal, ruleFolders, refresh} = surroundings;
		const output = plan.output === undefined ? undefined : path.resolve(plan.output);
		if (output !== undefined) {
			refuseCodexHome(output, settings.source);
		}

		const [only, ...others] = plan.references;
		await refresh({
			reference: others.length === 0 ? only : undefined,
			withTexts: plan.filter.query !== undefined,
		});
		const choice = await choose(surroundings, plan, prices);
		const {value: asked} = await outlet.show({value: plan.asked});
		const origins = await ruleOrigins(ruleFolders);
		const progress = new ProgressLine(terminal);
		let redactions = 0;
		try {
			redactions = await whileStoppable(signal =>
				writeReport({
					plan: {...plan, output},
					choice,
					request: {
						...plan.request,
						asked,
						version: packageVersion(),
						writtenAt: plan.request.isReproducible ? null : now.toISOString(),
					},
					outlet: outlet.fresh(),
					databasePath: settings.databasePath,
					prices,
					origins,
					stdout,
					stderr,
					onProgress: showProgress(progress),
					signal,
				}),
			);
		} finally {
			progress.clear();
		}

		if (output !== undefined) {
			const parts = [
				counted(choice.chosen.length, 'session'),
				bytesLabel(await writtenBytes(output)),
				`${counted(redactions, 'value')} redacted`,
			];
			await stderr.writeLine(`Wrote ${plainPath(output)}: ${parts.join(', ')}.`);
		}
	};
};

const choose = async (
	{settings: {databasePath}, outlet}: ReportSurroundings,
	plan: ReportPlan,
	prices: Parameters<typeof chooseSessions>[2],
): Promise<Choice> => {
	const {store, openSearch} = await outlet.openBoth(databasePath);
	try {
		const choice = await chooseSessions(store, plan, prices, openSearch);
		if (choice.chosen.length === 0) {
			throw new UserError(
				choice.automation > 0
					? 'Only sessions of automation fit what was asked for. Tell them with --automation.'
					: 'No session fits what was asked for, so there is nothing to report.',
				1,
			);
		}

		return choice;
	} finally {
		await store.close();
	}
};

const counted = (count: number, one: string): string => `${exactCountLabel(count)} ${one}${count === 1 ? '' : 's'}`;

const phases = {reading: 'Looking through the sessions', writing: 'Writing', checking: 'Looking through the report'};

const showProgress =
	(progress: ProgressLine): ReportProgress =>
	(phase, share) =>
		progress.show(`${phases[phase]}: ${Math.round(share * 100)}%`);
