/**
 * What an e-mail that was written by a program is held to before anybody sees it: no address or link of it may lead to
 * somebody, so every host is of a name that nobody can own (RFC 2606, RFC 6761).
 */
import { domainOf, type EmailTemplate } from '@archive-gate/game-engine';

/** Name and version; what passed another one is reviewed anew. */
export const REVIEWER = { classifier: 'reserved-names@1', policy: 'pool-emails@1' } as const;

const RESERVED = /\.(example|invalid|test)$/;

export function isHarmless({ from, replyTo, links, headers, body }: EmailTemplate): boolean {
  const addresses = [from.address, ...(replyTo ? [replyTo.address] : [])].map(domainOf);
  const targets = links.map(({ target }) => new URL(target).hostname);
  const said = [body, ...headers.map(({ value }) => value)].flatMap((text) =>
    [...text.matchAll(/(?:https?:\/\/|@)([\w.-]+\.[a-z]{2,})/gi)].map(([, host = '']) => host.toLowerCase()),
  );
  return [...addresses, ...targets, ...said].every((host) => RESERVED.test(host));
}
