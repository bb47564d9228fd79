/** A line of a person's config file whose names another room knows than the one that reads the file. */
export type OwnSetting = {
	name: string;
	value: unknown;
	/** Where it stands, for sentences about it: `line 3 of /home/ada/config.toml`. */
	place: string;
};

/** A section of such lines with a name that the person made up: `[theme.sea]`. */
export type OwnTable = {name: string; place: string; settings: readonly OwnSetting[]};
