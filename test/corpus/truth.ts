/*
Shape of the `truth.json` beside each session of the corpus, as far as the tests use it; see the README there.
*/

export type TrueUsage = Record<`${'input' | 'cached_input' | 'output' | 'reasoning_output' | 'total'}_tokens`, number>;

export type TruePrompt = {text: string; state: 'live' | 'rolled_back' | 'inherited'; recorded?: boolean};

export type TrueMessage = {text: string; phase?: string; recorded?: boolean; stream_incomplete?: boolean};

export type TrueCall = {
	call_id: string;
	kind: string;
	name: string;
	command?: string | string[];
	exit_code?: number | null;
	core_text?: string;
	patches?: {path: string; kind: string; move_to?: string}[];
	plan?: {step: string; status: string}[];
	operations?: {kind: string; command?: string; exit_code?: number; patches?: TrueCall['patches']}[];
	recorded?: boolean;
};

export type TrueThread = {
	thread_id: string;
	kind: 'main' | 'fork' | 'subagent';
	parent_thread_id?: string;
	task?: string;
	files: {path: string; lines?: number; invalid_lines?: number}[];
	name: string | null;
	archived: boolean;
	cwd: string;
	git_branch: string | null;
	models: string[];
	prompts: TruePrompt[];
	assistant_messages: TrueMessage[];
	reasoning: {parts: string[]; recorded?: boolean}[];
	tool_calls: TrueCall[];
	usage: {total: TrueUsage};
};

export type Truth = {threads: TrueThread[]};
