/** Ports that a URL may leave out. */
const usualPorts = new Set(['', '22', '80', '443', '9418']);

const withoutEnd = (path: string): string => path.replace(/\/+$/, '').replace(/\.git$/i, '');

/**
One name per repository, however it was cloned: `github.com/kim/shop` for HTTPS, SSH and scp-like remotes
alike, without protocol, credentials and `.git`. A folder, as a remote or as where a session ran, stays a folder.
*/
export const repositoryOf = (remote: string | null, cwd: string | null): string | null => {
	const given = remote?.trim() ?? '';
	if (given === '') {
		return cwd;
	}

	if (/^[a-z][a-z\d+.-]*:\/\//i.test(given)) {
		return fromUrl(given);
	}

	const scp = /^(?:[^@/]*@)?(?<host>[^/:@]{2,}):(?<path>.*)$/.exec(given)?.groups;
	return scp === undefined
		? withoutEnd(given) || given
		: [scp['host']?.toLowerCase(), withoutEnd((scp['path'] ?? '').replace(/^\/+/, ''))].filter(Boolean).join('/');
};

const fromUrl = (given: string): string => {
	const parts = /^(?<scheme>[^:]+):\/\/(?:[^/]*@)?(?<host>[^/:?#]*)(?::(?<port>\d*))?(?<path>[^?#]*)/.exec(
		given,
	)?.groups;
	const path = withoutEnd(parts?.['path'] ?? '');
	if (parts?.['scheme']?.toLowerCase() === 'file' || !parts?.['host']) {
		return path;
	}

	const port = usualPorts.has(parts['port'] ?? '') ? '' : `:${parts['port']}`;
	return `${parts['host'].toLowerCase()}${port}${path}`;
};
