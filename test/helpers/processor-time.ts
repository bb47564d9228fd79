import process from 'node:process';

/** Processor time of this thread so far, in ms: what hostile input costs, whatever else the machine has to do. */
export const processorTime = (): number => {
	const {user, system} = process.threadCpuUsage();
	return (user + system) / 1000;
};
