import {assignment} from './detectors/assignment.js';
import {codeCalls} from './detectors/code-calls.js';
import {commandArguments} from './detectors/command-arguments.js';
import {commandLine} from './detectors/command-line.js';
import {commandOutput} from './detectors/command-output.js';
import {cookies} from './detectors/cookies.js';
import {credentialFiles} from './detectors/credential-files.js';
import {headers} from './detectors/headers.js';
import {kubernetes} from './detectors/kubernetes.js';
import {pem} from './detectors/pem.js';
import {prose} from './detectors/prose.js';
import {sqlInsert} from './detectors/sql-insert.js';
import {tables} from './detectors/tables.js';
import {urls} from './detectors/urls.js';
import type {Detector} from './engine/detector.js';
import {patternDetector} from './engine/pattern-rule.js';
import type {FindingClass} from './finding.js';
import {email} from './personal/email.js';
import {homeFolder} from './personal/home-folder.js';
import {host} from './personal/host.js';
import {labelled} from './personal/labelled.js';
import {card, iban, ipv4, ipv6} from './personal/numbers.js';
import {phone} from './personal/phone.js';
import {tokenRules} from './rules/built-in.js';

/** Everything that the program looks for by itself. */
export const builtInDetectors = (): Detector[] => [
	...tokenRules.map(rule => patternDetector(rule)),
	pem,
	urls,
	headers,
	cookies,
	credentialFiles,
	kubernetes,
	commandLine,
	commandArguments,
	commandOutput,
	codeCalls,
	assignment,
	prose,
	tables,
	sqlInsert,
	email,
	homeFolder,
	phone,
	card,
	iban,
	ipv4,
	ipv6,
	host,
	...labelled,
];

/** What is redacted where nothing else is said: everything but the names of hosts. */
export const defaultClasses: readonly FindingClass[] = [
	'secret',
	'custom',
	'pii.email',
	'pii.path',
	'pii.phone',
	'pii.card',
	'pii.iban',
	'pii.ip',
	'pii.address',
	'pii.birth',
	'pii.number',
];
