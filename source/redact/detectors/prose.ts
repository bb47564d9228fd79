import {type Detector, specificity} from '../engine/detector.js';
import {isInsideBlob, isInsideWord} from '../engine/pattern-rule.js';
import {judge} from '../values/judge.js';
import {isPlaceholder} from '../values/placeholders.js';
import {isMixedUp, looksRandom} from '../values/shape.js';
import type {NameKind} from './names.js';

/** What people call it, and what kind it is. */
const subjects: [string[], NameKind][] = [
	[
		[
			'password',
			'passwd',
			'passwort',
			'passphrase',
			'passcode',
			'pass',
			'pwd',
			'pw',
			'kennwort',
			'contraseña',
			'senha',
			'mot de passe',
			'wachtwoord',
			'пароль',
			'パスワード',
			'密码',
			'密碼',
			'비밀번호',
			'login:',
			'creds',
			'credentials',
			'log in with',
			'login with',
			'logging in with',
			'log in as',
			'login as',
			'sign in as',
			'sign in with',
			'logged in as',
			'wifi',
		],
		'password',
	],
	[
		[
			'api key',
			'api-key',
			'apikey',
			'api token',
			'access token',
			'access key',
			'secret key',
			'auth token',
			'token',
			'the key',
			'this key',
			'my key',
			'your key',
			'key is',
			'unseal key',
			'secret',
			'license key',
			'licence key',
			'bearer',
		],
		'secret',
	],
];

/** From the subject to the value: an explanation of some words, then `is`, `to`, `:`, `=` or nothing. */
const said =
	/(?:(?:\s?\([^()\n]{0,40}\))?(?:\s(?:for|of|on|to|at|in|from|as|für|pour|para|por|per|voor|you need|to use)(?=\s)\s?[^\n:=]{0,60}?)?(?:(?: (?:created|generated|issued|saved|added))?\s?[:=→]|,? (?:is|was) (?:generated|created|set)(?: for [^\n:]{1,40})?:|,? (?:is|was|are|ist|lautet|es|est|será|é|to|as|set to|reset to|changed to|should be|will be|would be|equals|called|now|still|provided|given|used|value|here|rejected|invalid|expired|incorrect|wrong|received|got)(?![\w])(?: (?:now|still|just|currently|actually|set to|:))?:?|は|是|：| - | – | — )|)\s{0,3}(?:["'`“‘«「*]{1,2})?/y;

const value = /[^\s"'`“”‘’«»「」<>{}]{6,200}/y;

/** `user / password` and `user:password` behind words such as "log in with". */
const pair =
	/[^\n]{0,40}?\b[\w.@+-]{2,60}(?:\s?[/|:]\s?|\s+(?:and|with|und|y|et)\s+|,\s)(?:pass(?:word)?|pw|pwd)?\s?[:=]?\s?["'`]?(?<value>[^\s"'`“”‘’«»<>{}]{7,80})/y;

/**
What people write to an assistant: "the password for staging is …", "here's the api key: …", "login with root / …".
The value must look the part all by itself, since any word may follow.
*/
export const prose: Detector = {
	rules: [
		{id: 'spoken-password', description: 'Password in a sentence'},
		{id: 'spoken-token', description: 'Key or token in a sentence'},
	],
	keywords: subjects.flatMap(([words]) => words),
	detect(scan, start, end) {
		const {text} = scan;
		const subject = text.slice(start, end).toLowerCase();
		const kind: NameKind = subjects.find(([words]) => words.includes(subject))?.[1] ?? 'password';
		const isPart = /[a-zA-Z]/.test(text[end] ?? '') && /^(?:pass|pw)$/.test(subject);
		if (isPart || isInsideWord(text, start) || isInsideBlob(text, start)) {
			return;
		}

		if (/^(?:log|sign|cred|wifi)/.test(subject)) {
			pair.lastIndex = end;
			const found = pair.exec(text);
			if (found !== null) {
				reportValue(
					scan,
					found.index + found[0].length - (found.groups?.['value']?.length ?? 0),
					found.groups?.['value'] ?? '',
					kind,
				);
			}
		}

		let at = end;
		while (at < text.length && at - end < 3 && /[sS”"'`)*]/.test(text[at] as string)) {
			at++;
		}

		said.lastIndex = at;
		const joined = said.exec(text);
		if (joined === null || !/[^sS]/.test(text.slice(end, said.lastIndex))) {
			return;
		}

		value.lastIndex = said.lastIndex;
		const found = value.exec(text);
		if (found !== null) {
			reportValue(scan, found.index, found[0], kind);
		}
	},
};

const reportValue = (scan: Parameters<Detector['detect']>[0], start: number, raw: string, kind: NameKind): void => {
	const cutAt = raw.search(/\\[nrt"']/);
	const cut = (cutAt >= 0 ? raw.slice(0, cutAt) : raw).replace(/(?:\.|,|;|:|\)|!(?=\)))+$/, '').replace(/\*\*$/, '');
	if (/[()[\]]|=>|->|::|^\w+=|^[-/.@]|\/\w+\/|^\w+\.\w+(?:\.\w+)*$/.test(cut) || /^https?:/i.test(cut)) {
		return;
	}

	const isPlausible =
		kind === 'password'
			? judge(cut, kind, 'prose') !== undefined
			: (judge(cut, kind, 'prose') !== undefined && looksRandom(cut, 16)) ||
				(cut.length >= 12 && isMixedUp(cut) && !isPlaceholder(cut) && !cut.startsWith('0x'));
	if (isPlausible) {
		scan.report(start, start + cut.length, kind === 'password' ? 'spoken-password' : 'spoken-token', 'low', {
			specificity: specificity.guess,
		});
	}
};
