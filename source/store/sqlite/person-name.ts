import os from 'node:os';

/** Who adds and decides; some systems have no name for their users. */
export const personName = (): string => {
	try {
		return os.userInfo().username;
	} catch {
		return '';
	}
};
