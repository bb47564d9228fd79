import {type Detector, specificity} from '../engine/detector.js';
import {judge} from '../values/judge.js';
import {nameOf} from './names.js';

/** `INSERT INTO t (name, password) VALUES ('ada', '…')`: the value in the place of a column whose name says that it is secret. */
const statement = /insert\s+into\s+[\w."`[\]]{1,80}\s*\(([^()]{1,600})\)\s*values\s*\(/iy;

const value = /\s*(?:[NE]?\\*'([^'\\]{0,400})\\*'|([^,()']{0,120}(?:\([^()]{0,200}\))?))\s*([,)])/y;

export const sqlInsert: Detector = {
	rules: [{id: 'sql-password', description: 'Password in an SQL statement'}],
	keywords: ['insert into'],
	detect(scan, start) {
		statement.lastIndex = start;
		const found = statement.exec(scan.text);
		const names = (found?.[1] ?? '').split(',').map(column => nameOf(column.trim()));
		if (found === null || names.every(name => name === undefined || name.kind === 'weak')) {
			return;
		}

		value.lastIndex = statement.lastIndex;
		for (const name of names) {
			const cell = value.exec(scan.text);
			if (cell === null) {
				return;
			}

			const [whole, quoted] = cell;
			if (quoted !== undefined && name !== undefined && judge(quoted, name.kind, 'quoted') !== undefined) {
				const from = cell.index + whole.indexOf(quoted);
				scan.report(from, from + quoted.length, 'sql-password', 'medium', {specificity: specificity.structure});
			}

			if (cell[3] === ')') {
				return;
			}
		}
	},
};
