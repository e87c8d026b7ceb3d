/** What a list must be to be gone through: a list, without holes, and of an end that is near. */
import { refuseValue } from './errors.ts';

/** Of what one call asks for or brings; what is longer comes in several calls. */
const MOST_ITEMS = 10_000;

/** @throws VALUE_REFUSED */
export function requireList(place: string, list: unknown, { least = 0, most = MOST_ITEMS } = {}): void {
  // A hole is an item that is not there, which some walks pass over and others meet as undefined.
  if (Array.isArray(list) && list.length >= least && list.length <= most && !list.includes(undefined)) return;
  const found = Array.isArray(list) ? `a list of ${list.length}, perhaps with holes` : `a ${typeof list}`;
  throw refuseValue(place, found, `a list of ${least} to ${most.toLocaleString('en')}`);
}
