import {Log} from './log.js';
import {filePath} from './makers.js';
import type {Random} from './random.js';
import {base64Of, encrypted, folderOf, opening, type TextKind, type Texts, textsOf} from './texts.js';
import {writeToolCall} from './tool-calls.js';

/**
How a release wrote: without envelope (2025), with a turn context before each model request, with markers
around each turn, or as completed items with ordinals.
*/
export type Style = 'bare' | 'per-request' | 'per-turn' | 'paginated';

export type SessionPlan = {
	threadId: string;
	style: Style;
	startedAt: number;
	/** Bytes to reach; the last answer may go beyond. */
	bytes: number;
	hasPrompts: boolean;
	/** Screenshots in prompts and tool outputs, repeated by each compaction. */
	hasImages: boolean;
	/** Han and Kana instead of English. */
	isEastern: boolean;
	/** Factor on the lengths of texts. */
	scale: number;
	/** Tool calls of the first prompt; drawn when absent. */
	firstCalls?: number;
};

export type Session = {log: Log; cwd: string; firstPrompt: string | null};

const versions: Record<Style, readonly string[]> = {
	bare: ['0.20.0'],
	'per-request': ['0.46.0', '0.63.0', '0.77.0', '0.89.0', '0.98.0', '0.104.0'],
	'per-turn': ['0.118.0', '0.128.0', '0.142.5', '0.144.2'],
	paginated: ['0.153.4', '0.160.0'],
};

const windowSize = 272_000;

/** Writes one session, line by line, in the shares and lengths of published ones. */
export const writeSession = (random: Random, plan: SessionPlan): Session => {
	const writer = new SessionWriter(random, plan);
	writer.write();
	return {log: writer.log, cwd: writer.cwd, firstPrompt: writer.firstPrompt};
};

class SessionWriter {
	readonly log: Log;
	readonly cwd: string;
	firstPrompt: string | null = null;
	private readonly model: string;
	private readonly texts: Texts;
	private readonly userInstructions: string;
	/** What releases from 0.140 to 0.146 write again in later turns. */
	private repeatedMeta: object | undefined;
	private readonly images: string[] = [];
	private usage = {input: 0, cached: 0, output: 0, reasoning: 0};
	private prompts = 0;

	constructor(
		private readonly random: Random,
		private readonly plan: SessionPlan,
	) {
		const envelope = plan.style === 'bare' ? 'bare' : plan.style === 'paginated' ? 'ordinal' : 'plain';
		this.log = new Log(envelope, plan.startedAt);
		this.texts = textsOf(random, plan.isEastern);
		this.cwd = folderOf(random);
		this.model = random.pick(['gpt-5.5', 'gpt-5.2-codex', 'gpt-5.3-codex', 'gpt-5.1-codex-mini']);
		this.userInstructions = this.texts('prose', Math.min(2600, this.room(0.08)) * plan.scale);
	}

	write(): void {
		this.meta();
		this.context();
		while (this.plan.hasPrompts && (this.prompts === 0 || !this.isFull)) {
			this.turn();
		}
	}

	private get isFull(): boolean {
		return this.log.bytes >= this.plan.bytes;
	}

	/** A share of the bytes to reach, so that a small session is not all instructions. */
	private room(share: number): number {
		return this.plan.bytes * share;
	}

	private get isBare(): boolean {
		return this.plan.style === 'bare';
	}

	private get hasMarkers(): boolean {
		return this.plan.style === 'per-turn' || this.plan.style === 'paginated';
	}

	private text(kind: TextKind, median: number, spread: number, most: number): string {
		return this.texts(kind, Math.min(most, this.random.size(median, spread)) * this.plan.scale);
	}

	private meta(): void {
		const {log, plan, random} = this;
		const git = {commit_hash: random.hex(40), branch: random.pick(['main', 'main', 'fix/parser', 'feature/basket'])};
		const timestamp = log.at;
		if (this.isBare) {
			log.line(JSON.stringify({id: plan.threadId, timestamp, instructions: this.userInstructions, git}));
			return;
		}

		const version = random.pick(versions[plan.style]);
		const meta = {
			id: plan.threadId,
			timestamp,
			cwd: this.cwd,
			originator: random.pick(['codex_vscode', 'codex_vscode', 'codex_cli_rs']),
			cli_version: version,
			source: random.pick(['vscode', 'vscode', 'cli']),
			model_provider: 'openai',
			base_instructions: {text: this.texts('prose', Math.min(20_000, this.room(0.3)) * plan.scale)},
			...(plan.style === 'paginated' ? {history_mode: 'paginated'} : {}),
			git,
		};
		log.write('session_meta', meta);
		this.repeatedMeta = version.startsWith('0.14') ? meta : undefined;
	}

	private context(): void {
		const {log, plan} = this;
		const message = (role: string, ...texts: string[]) =>
			log.item({type: 'message', role, content: texts.map(text => ({type: 'input_text', text}))});
		const environment = `<environment_context>\n  <cwd>${this.cwd}</cwd>\n  <shell>bash</shell>\n</environment_context>`;
		if (plan.style !== 'bare' && plan.style !== 'per-request') {
			const permissions = this.texts('prose', Math.min(15_000, this.room(0.15)) * plan.scale);
			message('developer', `<permissions instructions>${permissions}</permissions instructions>`);
		}

		message(
			'user',
			this.isBare
				? `<user_instructions>\n${this.userInstructions}\n</user_instructions>`
				: `# AGENTS.md instructions for ${this.cwd}\n\n<INSTRUCTIONS>\n${this.userInstructions}\n</INSTRUCTIONS>`,
		);
		message('user', environment);
	}

	private turn(): void {
		const {log, random, plan} = this;
		const turnId = random.uuid();
		if (this.hasMarkers) {
			log.event(
				{type: 'task_started', turn_id: turnId, model_context_window: windowSize},
				random.between(5000, 600_000),
			);
		}

		if (this.repeatedMeta !== undefined && this.prompts > 0 && random.chance(0.7)) {
			log.write('session_meta', this.repeatedMeta);
		}

		if (plan.style !== 'per-request') {
			this.turnContext(turnId);
		}

		this.ask(turnId);
		const first = this.prompts === 1 ? plan.firstCalls : undefined;
		const calls = first ?? random.run(7.5);
		for (let call = 0; call < calls && (first !== undefined || !this.isFull); call++) {
			this.request(turnId);
			writeToolCall({
				random,
				log,
				style: plan.style,
				scale: plan.scale,
				texts: this.texts,
				turnId,
				image: plan.hasImages && random.chance(0.3) ? this.image() : undefined,
				between: () => this.tokenCount(),
			});
		}

		this.request(turnId);
		const answer = this.text('said', 420, 1, 12_000);
		this.say(answer, turnId);
		this.tokenCount();
		if (random.chance(plan.hasImages ? 0.35 : 0.01)) {
			this.compact(turnId);
		}

		if (plan.style === 'per-request' && random.chance(0.2)) {
			this.ghostSnapshot();
		}

		if (this.hasMarkers) {
			log.event({type: 'task_complete', turn_id: turnId, last_agent_message: answer});
		}
	}

	private ask(turnId: string): void {
		const {log, random, plan} = this;
		const title = `${opening(random, plan.isEastern)} ${++this.prompts}`;
		const typed = `${title}. ${this.text('said', 260, 2, 40_000)}`;
		const text = random.chance(0.33)
			? `# Context from my IDE setup:\n\n## Open tabs:\n- ${this.texts('output', 2500 * plan.scale)}\n\n## My request for Codex:\n${typed}`
			: typed;
		this.firstPrompt ??= title;
		this.log.counts.prompts++;
		const images = plan.hasImages && random.chance(0.5) ? [this.image()] : [];
		const content = [{type: 'input_text', text}, ...images.map(image => ({type: 'input_image', image_url: image}))];
		log.item({type: 'message', role: 'user', content}, random.between(5000, 600_000));
		if (plan.style === 'paginated') {
			const parts = [
				{type: 'text', text, text_elements: []},
				...images.map(image => ({type: 'image', image_url: image})),
			];
			this.completed(turnId, {type: 'UserMessage', id: random.uuid(), content: parts});
		} else {
			log.event({type: 'user_message', message: text, images, local_images: [], text_elements: []});
		}
	}

	/** One request to the model, up to what it says before it calls a tool. */
	private request(turnId: string): void {
		const {log, random, plan} = this;
		if (plan.style === 'per-request') {
			this.turnContext(turnId);
		}

		if (random.chance(0.66)) {
			this.reason(turnId);
		}

		if (random.chance(0.19)) {
			this.say(this.text('said', 160, 0.8, 2000), turnId);
		}

		if (this.isBare) {
			log.line('{"record_type":"state"}');
		}
	}

	private reason(turnId: string): void {
		const {log, random, plan} = this;
		const thought = `**${opening(random, false)} ${log.counts.lines}**\n\n${this.text('prose', 170, 0.6, 1200)}`;
		const isTold = plan.style !== 'per-turn' || random.chance(0.4);
		const summary = isTold ? [{type: 'summary_text', text: thought}] : [];
		if (isTold && !this.isBare && plan.style !== 'paginated') {
			log.event({type: 'agent_reasoning', text: thought}, random.between(500, 9000));
		}

		const id = `rs_${random.hex(48)}`;
		const hidden = encrypted(random, Math.min(60_000, random.size(1500, 0.85)) * plan.scale);
		log.item({
			type: 'reasoning',
			...(plan.style === 'per-request' ? {} : {id}),
			summary,
			content: null,
			encrypted_content: hidden,
		});
		if (isTold) {
			this.completed(turnId, {type: 'Reasoning', id, summary_text: [thought], raw_content: []});
		}
	}

	private say(text: string, turnId: string): void {
		const {log, plan, random} = this;
		const id = `msg_${random.hex(48)}`;
		if (plan.style === 'per-request' || plan.style === 'per-turn') {
			log.event({type: 'agent_message', message: text}, random.between(500, 9000));
		}

		log.item({
			type: 'message',
			...(plan.style === 'per-request' || this.isBare ? {} : {id}),
			role: 'assistant',
			content: [{type: 'output_text', text}],
		});
		this.completed(turnId, {type: 'AgentMessage', id, content: [{type: 'Text', text}]});
	}

	private completed(turnId: string, item: object): void {
		const {log, plan} = this;
		if (plan.style === 'paginated') {
			log.event({
				type: 'item_completed',
				thread_id: plan.threadId,
				turn_id: turnId,
				item,
				completed_at_ms: log.clock,
			});
		}
	}

	private turnContext(turnId: string): void {
		const {log, plan} = this;
		const isPerRequest = plan.style === 'per-request';
		log.write('turn_context', {
			...(isPerRequest ? {} : {turn_id: turnId}),
			cwd: this.cwd,
			approval_policy: 'on-request',
			sandbox_policy: {
				type: 'workspace-write',
				network_access: false,
				exclude_tmpdir_env_var: false,
				exclude_slash_tmp: false,
			},
			model: this.model,
			effort: 'medium',
			summary: 'auto',
			...(isPerRequest ? {user_instructions: this.userInstructions} : {}),
			truncation_policy: {mode: 'tokens', limit: 10_000},
		});
	}

	/** Usage of the last request; a third of the lines repeat the one before. */
	private tokenCount(): void {
		const {random, usage} = this;
		const own = {
			input: random.between(4000, 180_000),
			cached: random.between(1000, 4000),
			output: random.between(40, 3000),
			reasoning: random.between(0, 40),
		};
		this.usage = {
			input: usage.input + own.input,
			cached: usage.cached + own.cached,
			output: usage.output + own.output,
			reasoning: usage.reasoning + own.reasoning,
		};
		const repeats = random.chance(0.37) ? 2 : 1;
		for (let time = 0; time < repeats; time++) {
			this.tokenLine(own, time);
		}
	}

	private tokenLine(own: typeof this.usage, time: number): void {
		const {log, random} = this;
		const columns = ({input, cached, output, reasoning}: typeof this.usage) => ({
			input_tokens: input,
			cached_input_tokens: cached,
			output_tokens: output,
			reasoning_output_tokens: reasoning,
			total_tokens: input + output,
		});
		const limit = (minutes: number) => ({
			used_percent: time + Math.round((log.clock / 60_000) % 100),
			window_minutes: minutes,
			resets_at: Math.round(log.clock / 1000) + minutes * 60,
		});
		const info = {
			total_token_usage: columns(this.usage),
			last_token_usage: columns(own),
			model_context_window: windowSize,
		};
		log.event({
			type: 'token_count',
			info: random.chance(0.01) ? null : info,
			rate_limits: {
				limit_id: 'codex',
				limit_name: null,
				primary: limit(300),
				secondary: limit(10_080),
				credits: {has_credits: false, unlimited: false, balance: null},
				plan_type: 'plus',
			},
		});
	}

	/** What the working folder held beside the repository: long lists of files. */
	private ghostSnapshot(): void {
		const {log, random, plan} = this;
		const count = Math.round(Math.min(8000, random.size(150, 1.7)) * plan.scale);
		const files = Array.from({length: count}, () => filePath(random));
		const commit = {id: random.hex(40), parent: random.hex(40), preexisting_untracked_files: files};
		log.item({type: 'ghost_snapshot', ghost_commit: {...commit, preexisting_untracked_dirs: []}});
	}

	private image(): string {
		const {random, images} = this;
		const image = `data:image/png;base64,${base64Of(random, random.size(220_000, 0.6))}`;
		images.push(image);
		return image;
	}

	/** The conversation so far in short, with all its pictures once more. */
	private compact(turnId: string): void {
		const {log, random} = this;
		const said = this.text('said', 4000, 0.8, 30_000);
		const content = [
			{type: 'input_text', text: said},
			...this.images.slice(-12).map(image => ({type: 'input_image', image_url: image})),
		];
		log.write('compacted', {message: said, replacement_history: [{type: 'message', role: 'user', content}]});
		if (this.plan.style === 'paginated') {
			this.completed(turnId, {type: 'ContextCompaction', id: random.uuid()});
		} else {
			log.event({type: 'context_compacted'});
		}
	}
}
