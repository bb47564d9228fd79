// Preloaded into measured processes: tells on descriptor 3 what the process has used when it ends.
const {writeSync} = require('node:fs');
const {isMainThread} = require('node:worker_threads');

if (isMainThread) {
	process.on('exit', () => {
		const {userCPUTime, systemCPUTime, maxRSS} = process.resourceUsage();
		writeSync(3, JSON.stringify({cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMB: maxRSS / 1024}));
	});
}
