/**
 * What an e-mail that was written by a program is held to before anybody sees it: no address or link of it may lead to
 * somebody, so every host is of a name that nobody can own (RFC 2606, RFC 6761).
 */
import type { EmailTemplate } from '@archive-gate/game-engine';

/** Name and version; what passed another one is reviewed anew. */
export const REVIEWER = { classifier: 'reserved-names@1', policy: 'pool-emails@1' } as const;

const RESERVED = /\.(example|invalid|test)$/;
/** Behind what leads there: an address's @, or the scheme of a link. */
const HOST = /(?:https?:\/\/|@)([\w.-]+\.[a-z]{2,})/gi;

export function isHarmless({ from, replyTo, links, headers, body }: EmailTemplate): boolean {
  const texts = [
    ...[from.address, replyTo?.address ?? '', body],
    ...headers.map(({ value }) => value),
    ...links.map(({ target }) => target),
  ];
  const hosts = texts.flatMap((text) => [...text.matchAll(HOST)].map(([, host = '']) => host.toLowerCase()));
  return hosts.every((host) => RESERVED.test(host));
}
