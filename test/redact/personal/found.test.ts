import assert from 'node:assert/strict';
import {test} from 'node:test';
import {assembleRedactor} from '../../../source/redact/assemble.js';
import {fromRecipe, marked, uncovered} from '../../helpers/secret-samples.js';

/** Personal data between « and »; people and numbers are invented. */

const texts = [
	'Contact «maria.silva+work@corpmail.pt» for access',
	'From: Jan Kowalski <«jan.kowalski@firma.pl»>',
	'git config user.email "«ada.l@analytical.engine.io»"',
	'assignee=«t.mueller@bahn-it.de», reviewer=none',
	'Co-authored-by: Li Wei <«li.wei@qinghua.cn»>',
	'"to":["«anna@bergstrom.se»"]',
	"'«o_brien@dublin.ie»' not found",
	'phone: «(415) 867-5309»',
	'call me at «415-867-5309» after 5',
	'tel: «020 7946 0958»',
	'Mobile «+49 151 23456789»',
	'WhatsApp: «+34 612 34 56 78»',
	'+1 line: fax «+1 (212) 736-5000»',
	'"phone_number":"«+14155552671»"',
	'Tel. «089 1234567»',
	'«C:\\Users\\marta.gomez»\\AppData\\Local\\Temp',
	'/mnt/c/Users/«jsmith»/repo',
	'ls «/home/ada»/.ssh',
	'file:///«Users/priya»/notes.md',
	'at run (/«home/kofi.mensah»/app/x.js:1:2)',
	'cwd=«/home/j.doe-lee»/code',
	'card 5425233430109903 exp 04/26 -> «5425233430109903»',
	'pan=«4539578763621486»',
	'amex «3782 822463 10013»',
	'IBAN: «DE75 5121 0800 1245 1261 99»',
	'iban "«GB33BUKB20201555555555»"',
	'pay to «FR14 2004 1010 0505 0001 3M02 606» now',
	'client ip «93.184.216.34» connected',
	'ssh root@«203.98.76.54»',
	'Failed password for root from «185.220.101.47» port 22',
	'"remote_addr":"«2a01:4f8:c17:b0f::2»"',
	'Host: «51.15.204.9»:8080',
	'date of birth: «12/04/1987»',
	'DOB «1990-02-28»',
	'geboren am? Geburtsdatum: «03.11.1979»',
	'born on «March 3, 1985»',
	'"birthDate":"«1975-12-01»"',
	'"street":"«742 Evergreen Terrace»"',
	'address: «10 Downing Street, London SW1A 2AA»',
	'Anschrift: «Hauptstraße 12, 10115 Berlin»',
	'"addressLine1": "«221B Baker Street»"',
	'shipping address: «15 Rue de Rivoli, 75001 Paris»',
	'SSN: «078-05-1121»',
	'"ssn":"«219-09-9998»"',
	'passport no. «X1234567B»',
	'"phone": "«(020) 7946 0123»"',
	'contact: «+33 1 23 45 67 89»',
	'call «+61 2 9876 5432» please',
	'Phone: «555-867-5309»',
	'«+1-202-555-0143»',
	'«(202) 555-0143»',
	'tel:«+14155550132»',
	'mobile=«07700 900123»',
	'"cell": "«202.555.0143»"',
	'Fax «030 1234567»',
	'user «jane@corp-mail.io», «bob@x.ai»',
	'"owner":"«Maria.Garcia@Empresa.es»"',
	'reply-to: «a.b+c@sub.domain.co.uk»',
	'Signed-off-by: Ada King <«ada@king.dev»>',
	'id «grace.hopper%40navy.mil» encoded',
	'cd «/Users/jane.doe»/work',
	'"cwd":"«/home/marco»/x"',
	'«C:\\\\Users\\\\Jane Doe»\\\\Documents',
	'PWD=«/home/peter»',
	'~ expands to «/home/peter»',
	'peer «8.34.208.7»:443',
	'from «45.33.32.156» port 22',
	'ip=«140.82.112.3»',
	'"clientIp":"«2a00:1450:4001:82b::200e»"',
	'[«2606:4700::6810:85e5»]:443',
	'X-Forwarded-For: «203.0.114.9»',
	'card «4539 5787 6362 1486»',
	'mastercard «5555 3412 4444 1115»',
	'BIC X, IBAN «ES91 2100 0418 4502 0005 1332»',
	'"iban":"«PL61109010140000071219812874»"',
	'born: «1987-05-04»',
	'DOB: «05/04/1987»',
	'"birthday":"«4 May 1987»"',
	'address: «1600 Amphitheatre Parkway, Mountain View, CA 94043»',
	'"street_address": "«Calle Mayor 12, 3B»"',
	'Lives at «22 Baker Street, London»',
	'SSN «536-22-1234»',
	'NINO: «QQ 12 34 56 C»',
	'passport: «C01X00T47»',
];

const redactor = assembleRedactor();

for (const [index, recipe] of texts.entries()) {
	test(`found in: ${recipe}`, () => {
		const {text, ranges} = marked(fromRecipe(recipe, index + 1));
		const findings = redactor.scan(text);
		assert.equal(uncovered(text, ranges, findings), '');
		const length = ranges.reduce((sum, {start, end}) => sum + end - start, 0);
		const covered = findings.reduce((sum, {start, end}) => sum + end - start, 0);
		assert.ok(
			covered <= length + 24,
			`redacts too much: ${findings.map(({start, end}) => text.slice(start, end)).join(' | ')}`,
		);
	});
}
