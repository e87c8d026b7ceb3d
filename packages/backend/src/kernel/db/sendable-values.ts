/**
 * Parameters are what PostgreSQL has a value for. The driver would send any other one as the text that it makes of it; and
 * what fails in making it has no SQLSTATE, passes for a lost connection, and is tried again for half a minute.
 */
import { quoted } from '../errors/index.ts';
import { refuseValue } from '../values/index.ts';

/** @throws VALUE_REFUSED */
export function requireSendable(values: unknown): void {
  if (!Array.isArray(values)) return;
  for (const value of values)
    if (!isSendable(value)) throw refuseValue('a parameter', quoted(value), 'a value that PostgreSQL has');
}

function isSendable(value: unknown): boolean {
  if (typeof value !== 'object' || value === null)
    return typeof value !== 'symbol' && typeof value !== 'function';
  if (value instanceof Date) return !Number.isNaN(value.getTime());
  return Array.isArray(value) ? value.every(isSendable) : Buffer.isBuffer(value);
}
