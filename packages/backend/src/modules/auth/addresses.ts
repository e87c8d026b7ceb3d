/** How an address is kept and looked for: in lower case, since nobody has two that differ in nothing else. */
import { refuseValue, requireText } from '../../kernel/values/index.ts';

/** A mailbox at a host; what else is one, only who runs the host knows. Longer ones cannot be sent to (RFC 5321, 4.5.3.1.3). */
const ADDRESS = /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u;
const MOST_LENGTH = 254;

/** For what is looked for. @throws VALUE_REFUSED */
export function addressOf(email: string): string {
  requireText('an address', email);
  return email.toLowerCase();
}

/** For what is kept. @throws VALUE_REFUSED */
export function requireAddress(email: string): string {
  const address = addressOf(email);
  if (ADDRESS.test(address) && address.length <= MOST_LENGTH) return address;
  throw refuseValue('an address', 'a text that is none', 'an e-mail address');
}
