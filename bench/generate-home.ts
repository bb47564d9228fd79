#!/usr/bin/env -S node --import tsx
// Makes a Codex home of any size, of invented sessions whose lines have the kinds, shares and lengths of
// published ones. The same options and seed give the same bytes.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import type {Counts, Log} from './generate/log.js';
import {Random} from './generate/random.js';
import {type SessionPlan, type Style, writeSession} from './generate/session.js';
import {base64Of, opening} from './generate/texts.js';

export const homeKinds = ['typical', 'images', 'terse'] as const;

/** `images` is full of screenshots; `terse` has many short lines, for databases with many events. */
export type HomeKind = (typeof homeKinds)[number];

export type HomeOptions = {
	/** Folder to make, which must not exist or be empty. */
	out: string;
	/** Size of all logs, reached within a few per cent. */
	bytes: number;
	/** Number of sessions; by default as many as published homes of the size have. */
	files?: number | undefined;
	seed?: number | undefined;
	kind?: HomeKind | undefined;
	/** Lines of 20 MB, spread over the home in addition to `bytes`. */
	longLines?: number | undefined;
	/** Tool calls of the newest session's only prompt. */
	longPrompt?: number | undefined;
};

export type ManifestFile = Counts & {
	path: string;
	bytes: number;
	threadId: string;
	style: Style;
	/** Beginning of what was typed first; null without a prompt. */
	firstPrompt: string | null;
	/** As the person named it; null for most. */
	name: string | null;
};

export type Manifest = Counts & {
	kind: HomeKind;
	seed: number;
	files: number;
	bytes: number;
	/** Newest first. */
	sessions: ManifestFile[];
};

const meanBytes: Record<HomeKind, number> = {typical: 480_000, images: 6_000_000, terse: 60_000};
const day = 86_400_000;
const newestAt = Date.UTC(2026, 8, 30, 15, 4, 5);
const localOffset = 8 * 3_600_000;
const longLineBytes = 20 * 1024 * 1024;

const styles: readonly (readonly [number, Style])[] = [
	[11, 'bare'],
	[44, 'per-request'],
	[40, 'per-turn'],
	[5, 'paginated'],
];

type Weighed = {weight: number; isEmpty: boolean};

/** Sizes as published sessions have them: half are below 0.55 of the mean, a tenth above 2.4 times. */
const weigh = (random: Random, files: number): Weighed[] =>
	Array.from({length: files}, () => {
		const isEmpty = random.chance(0.08);
		return {weight: isEmpty ? 0.005 : random.size(1, 1.15), isEmpty};
	});

/** Writes a home and its `manifest.json`; answers the manifest. */
export const generateHome = (options: HomeOptions): Manifest => {
	const {out, bytes, seed = 1, kind = 'typical', longLines = 0, longPrompt} = options;
	const files = options.files ?? Math.max(1, Math.round(bytes / meanBytes[kind]));
	fs.mkdirSync(out, {recursive: true});
	if (fs.readdirSync(out).length > 0) {
		throw new Error(`${out} is not empty. Give a folder of its own.`);
	}

	const random = new Random(seed);
	const weighed = weigh(random, files);
	let weightLeft = weighed.reduce((sum, {weight}) => sum + weight, 0);
	let bytesLeft = bytes;
	const longAt = new Set(
		Array.from({length: longLines}, (_, index) => Math.floor(((index + 0.5) * files) / longLines)),
	);
	const span = Math.min(500, files) * day;
	const sessions: ManifestFile[] = [];
	for (const [index, {weight, isEmpty}] of weighed.entries()) {
		// Each file has numbers of its own, so that one may change without the others.
		const own = new Random(seed, index + 1);
		const isNewest = index === 0;
		const hasLongLine = longAt.has(index);
		const target = Math.max(600, (bytesLeft * weight) / weightLeft);
		const session = oneSession(own, {
			kind,
			bytes: target,
			hasPrompts: !isEmpty || isNewest,
			startedAt: Math.round(newestAt - (span * index) / files - own.between(0, (0.5 * span) / files)),
			hasLongLine,
			firstCalls: isNewest ? longPrompt : undefined,
		});
		const file = path.join(out, session.path);
		fs.mkdirSync(path.dirname(file), {recursive: true});
		fs.writeFileSync(file, session.log.content());
		const endedAt = new Date(session.log.clock);
		fs.utimesSync(file, endedAt, endedAt);
		weightLeft -= weight;
		bytesLeft -= session.log.bytes - (hasLongLine ? longLineBytes : 0);
		const {log, ...rest} = session;
		sessions.push({...rest, name: null, bytes: log.bytes, ...log.counts});
	}

	nameThreads(out, sessions, random);
	const sum = (count: (file: ManifestFile) => number): number =>
		sessions.reduce((total, file) => total + count(file), 0);
	const manifest: Manifest = {
		kind,
		seed,
		files,
		bytes: sum(file => file.bytes),
		lines: sum(file => file.lines),
		prompts: sum(file => file.prompts),
		toolCalls: sum(file => file.toolCalls),
		problems: sum(file => file.problems),
		sessions,
	};
	fs.writeFileSync(path.join(out, 'manifest.json'), `${JSON.stringify(manifest, undefined, '\t')}\n`);
	return manifest;
};

type OneSession = {
	kind: HomeKind;
	bytes: number;
	hasPrompts: boolean;
	startedAt: number;
	hasLongLine: boolean;
	firstCalls: number | undefined;
};

const oneSession = (random: Random, given: OneSession) => {
	const {kind, startedAt, hasLongLine, firstCalls} = given;
	const style: Style = kind === 'images' ? 'per-turn' : random.weighted(styles);
	const threadId = random.uuid();
	const plan: SessionPlan = {
		threadId,
		style,
		startedAt,
		bytes: given.bytes,
		hasPrompts: given.hasPrompts,
		hasImages: kind === 'images',
		isEastern: random.chance(0.35),
		scale: kind === 'terse' ? 0.06 : 1,
		...(firstCalls === undefined ? {} : {firstCalls}),
	};
	const {log, firstPrompt} = writeSession(random, plan);
	if (hasLongLine) {
		writeLongLine(random, log);
	}

	if (random.chance(0.02)) {
		damage(random, log);
	}

	const local = new Date(startedAt + localOffset).toISOString();
	const name = `rollout-${local.slice(0, 19).replaceAll(':', '-')}-${threadId}.jsonl`;
	const folder = random.chance(0.1) ? 'archived_sessions' : path.join('sessions', ...local.slice(0, 10).split('-'));
	return {path: path.join(folder, name), threadId, style, firstPrompt, log};
};

/** A call whose output fills a line of 20 MB. */
const writeLongLine = (random: Random, log: Log): void => {
	const callId = `call_${random.hex(24)}`;
	log.item({type: 'function_call', name: 'shell', arguments: '{"command":["cat","page.html"]}', call_id: callId});
	log.item({
		type: 'function_call_output',
		call_id: callId,
		output: base64Of(random, longLineBytes - 400),
	});
	log.counts.toolCalls++;
};

/** Lines cut short, stretches of NUL, lines of something else, and a last line whose rest never came. */
const damage = (random: Random, log: Log): void => {
	const beginning = `{"timestamp":"${log.at}","type":"response_item","payload":{"type":"message","ro`;
	for (let count = random.between(1, 3); count > 0; count--) {
		log.damaged(random.pick([beginning, Buffer.alloc(random.between(100, 4000)), 'Segmentation fault']));
	}

	log.item({type: 'message', role: 'assistant', content: [{type: 'output_text', text: 'After the damage.'}]});
	if (random.chance(0.5)) {
		log.torn(beginning);
	}
};

/** Names some of the sessions, as a person would. */
const nameThreads = (out: string, sessions: readonly ManifestFile[], random: Random): void => {
	const lines: string[] = [];
	for (const session of sessions) {
		if (random.chance(0.05)) {
			session.name = opening(random, false);
			const entry = {id: session.threadId, thread_name: session.name, updated_at: 'unknown'};
			lines.push(`${JSON.stringify(entry)}\n`);
		}
	}

	fs.writeFileSync(path.join(out, 'session_index.jsonl'), lines.join(''));
};

/** `100MB`, `2GB`, `500kB` or a plain number of bytes. */
export const parseBytes = (text: string): number => {
	const [, digits, unit = ''] = /^([\d.]+)\s*([kmg]?)b?$/i.exec(text) ?? [];
	const factor = {'': 1, k: 1e3, m: 1e6, g: 1e9}[unit.toLowerCase()];
	if (digits === undefined || factor === undefined) {
		throw new Error(`"${text}" is no size. Write one such as 100MB.`);
	}

	return Math.round(Number(digits) * factor);
};

const main = (): void => {
	const {values} = parseArgs({
		options: {
			bytes: {type: 'string', default: '100MB'},
			files: {type: 'string'},
			seed: {type: 'string', default: '1'},
			kind: {type: 'string', default: 'typical'},
			out: {type: 'string'},
			'long-lines': {type: 'string', default: '0'},
			'long-prompt': {type: 'string'},
		},
	});
	const kind = homeKinds.find(name => name === values.kind);
	if (values.out === undefined || kind === undefined) {
		throw new Error(`Say where with --out FOLDER, and --kind ${homeKinds.join('|')}.`);
	}

	const {sessions: _sessions, ...totals} = generateHome({
		out: path.resolve(values.out),
		bytes: parseBytes(values.bytes),
		files: values.files === undefined ? undefined : Number(values.files),
		seed: Number(values.seed),
		kind,
		longLines: Number(values['long-lines']),
		longPrompt: values['long-prompt'] === undefined ? undefined : Number(values['long-prompt']),
	});
	console.log(JSON.stringify(totals));
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	main();
}
