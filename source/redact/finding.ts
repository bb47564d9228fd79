/** What kind of thing a rule finds; each can be switched on or off as a whole. */
export type FindingClass =
	| 'secret'
	| 'pii.email'
	| 'pii.path'
	| 'pii.host'
	| 'pii.phone'
	| 'pii.card'
	| 'pii.iban'
	| 'pii.ip'
	| 'pii.address'
	| 'pii.birth'
	| 'pii.number'
	| 'custom';

/** `high`: says itself what it is. `medium`: its name or command says so. `low`: prose and guesses from context. */
export type Confidence = 'high' | 'medium' | 'low';

/** A place to redact. Offsets are UTF-16 code units of the text as given; the end is exclusive. It never holds the value. */
export type Finding = {
	start: number;
	end: number;
	ruleId: string;
	class: FindingClass;
	confidence: Confidence;
};

/** A finding inside the engine, with the value as a person sees it: what is numbered and searched for elsewhere. */
export type Match = Finding & {
	value: string;
	/** Which rule names a place that several found: the highest. */
	specificity: number;
	/** What stands in its place, where that is not the numbered placeholder. */
	replacement?: string | undefined;
};
