import {
	customCall,
	customOutput,
	event,
	functionCall,
	functionOutput,
	item,
	reasoning,
} from '../test/helpers/rollout.js';

/** Seconds into the invented time of the builders, which begins on 3 February 2026 at ten. */
export type Seconds = number;

export const command = (line: string, output: string, code: number, at: Seconds, took = 0.4): string[] => [
	item(functionCall('exec_command', {cmd: line}, `call-${at}`), at),
	item(
		functionOutput(`call-${at}`, `Wall time: ${took} seconds\nProcess exited with code ${code}\nOutput:\n${output}`),
		at + Math.ceil(took),
	),
];

export const patch = (text: string, at: Seconds): string[] => [
	item(customCall('apply_patch', `*** Begin Patch\n${text}\n*** End Patch`, `patch-${at}`), at),
	item(customOutput(`patch-${at}`, '{"output":"Done","metadata":{"exit_code":0,"duration_seconds":0.1}}'), at + 1),
];

export const plan = (steps: readonly [string, string][], at: Seconds): string[] => [
	item(functionCall('update_plan', {plan: steps.map(([status, step]) => ({step, status}))}, `plan-${at}`), at),
	item(functionOutput(`plan-${at}`, 'Plan updated'), at),
];

export const thought = (text: string, at: Seconds): string[] => [
	event('agent_reasoning', {text}, at),
	item(reasoning([text]), at),
];
