/**
 * Which changes of a column's type leave rows and programs alone: PostgreSQL neither rewrites nor reads the table, and every
 * value that fitted still does. (Manual of PostgreSQL 18, ALTER TABLE, notes: binary coercible types and unconstrained ones.)
 */
const LENGTH = /^(varchar|varbit)\((\d+)\)$/;
const NUMERIC = /^numeric\((\d+)(?:,(\d+))?\)$/;
const PRECISION = /^(timestamp|timestamptz|time|timetz|interval)\((\d+)\)$/;

/** @param was  undefined where the series does not say, which is no widening */
export function isWidening(was: string | undefined, is: string): boolean {
  if (was === undefined) return false;
  if (was === is) return true;
  if (/^varchar(\(\d+\))?$/.test(was) && (is === 'text' || is === 'varchar')) return true;
  if (was === 'text' && is === 'varchar') return true;
  if (was === 'cidr' && is === 'inet') return true;
  return growsInLength(was, is) || growsInDigits(was, is) || growsInPrecision(was, is);
}

function growsInLength(was: string, is: string): boolean {
  const [, type, length] = LENGTH.exec(was) ?? [];
  const [, other, longer] = LENGTH.exec(is) ?? [];
  if (type === undefined) return false;
  return is === type || (type === other && Number(longer) >= Number(length));
}

/** With another scale every value would be rounded anew. */
function growsInDigits(was: string, is: string): boolean {
  const [, digits, scale = '0'] = NUMERIC.exec(was) ?? [];
  if (digits === undefined) return false;
  const [, more, sameScale = '0'] = NUMERIC.exec(is) ?? [];
  return is === 'numeric' || (more !== undefined && scale === sameScale && Number(more) >= Number(digits));
}

function growsInPrecision(was: string, is: string): boolean {
  const [, type, precision] = PRECISION.exec(was) ?? [];
  const [, other, finer] = PRECISION.exec(is) ?? [];
  if (type === undefined) return false;
  return is === type || (type === other && Number(finer) >= Number(precision));
}
