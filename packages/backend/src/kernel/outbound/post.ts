/**
 * Sends a request to an address that somebody else has chosen. The name is resolved once, every address that it has must be
 * public, and the connection goes to one of these very addresses, so that no second answer of the name server can lead
 * elsewhere. Redirects are not followed, and of the answer the status alone is read.
 */
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-addresses.ts';

export interface OutboundRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For all of it, from resolving the name to the status. */
  readonly timeoutMs: number;
}

export type OutboundOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: 'timed_out' | 'unreachable' | 'forbidden' };

export type Post = (url: URL, request: OutboundRequest) => Promise<OutboundOutcome>;

export interface Reach {
  /** Addresses of this machine and its networks too, and without TLS: for trying things out. */
  readonly allowPrivate: boolean;
}

class ForbiddenAddress extends Error {}

/** Never fails: what went wrong is the answer. */
export const postWithin =
  ({ allowPrivate }: Reach): Post =>
  async (url, { headers, body, timeoutMs }) => {
    const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const isForbidden = (address: string) => !allowPrivate && !isPublicAddress(address);
    if (isIP(literal) !== 0 && isForbidden(literal)) return { kind: 'forbidden' };
    if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:'))
      return { kind: 'forbidden' };
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      return await send(url, { headers, body, signal, lookup: lookupUnless(isForbidden) });
    } catch (error) {
      if (signal.aborted) return { kind: 'timed_out' };
      return { kind: error instanceof ForbiddenAddress ? 'forbidden' : 'unreachable' };
    }
  };

interface Sending extends Pick<OutboundRequest, 'headers' | 'body'> {
  readonly signal: AbortSignal;
  readonly lookup: LookupFunction;
}

function send(url: URL, { headers, body, signal, lookup }: Sending): Promise<OutboundOutcome> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const length = Buffer.byteLength(body);
    // A connection of its own: one that was opened for somebody else's name is not used.
    const options = { method: 'POST', agent: false, signal, lookup } as const;
    const sent = request(url, { ...options, headers: { ...headers, 'content-length': length } });
    sent.on('error', reject);
    sent.on('response', ({ statusCode = 0, headers: answered }) => {
      const seconds = Number(answered['retry-after'] ?? Number.NaN);
      const retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null;
      resolve({ kind: 'answered', status: statusCode, retryAfterMs });
      sent.destroy();
    });
    sent.end(body);
  });
}

/** All of a name's addresses are looked at: whichever of them is connected to, it was. */
const lookupUnless =
  (isForbidden: (address: string) => boolean): LookupFunction =>
  (hostname, options, answer) => {
    dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return answer(error ?? new Error('no address'), '');
      if (addresses.some(({ address }) => isForbidden(address))) return answer(new ForbiddenAddress(), '');
      if (options.all) answer(null, addresses);
      else answer(null, first.address, first.family);
    });
  };
