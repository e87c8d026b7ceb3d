import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress, postWithin } from './index.ts';

const REQUEST = { headers: {}, body: '{}', timeoutMs: 2_000 };

describe('addresses that a tenant may choose', () => {
  it('are public ones', () => {
    for (const address of ['1.1.1.1', '9.255.255.255', '172.32.0.1', '2606:4700:4700::1111'])
      expect(isPublicAddress(address), address).toBe(true);
  });

  it.each([
    ['0.0.0.0', '127.0.0.1', '127.255.255.254', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ['169.254.169.254', '100.64.0.1', '192.0.2.1', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
    ['::', '::1', '::ffff:127.0.0.1', '::ffff:1.1.1.1', '64:ff9b::7f00:1', 'fc00::1', 'fe80::1', 'ff02::1'],
    ['2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', 'example.com', '', '1.1.1', '0x7f.1'],
  ])('and not %s and their like', (...addresses) => {
    for (const address of addresses) expect(isPublicAddress(address), address).toBe(false);
  });

  it('never are of a private network, whichever its host', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(octet, octet, octet, (b, c, d) => {
        for (const address of [`10.${b}.${c}.${d}`, `127.${b}.${c}.${d}`, `192.168.${c}.${d}`])
          expect(isPublicAddress(address)).toBe(false);
      }),
    );
  });
});

describe('a request to an address that a tenant has chosen', () => {
  const post = postWithin({ allowPrivate: false });
  it.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://localhost/',
    'http://1.1.1.1/',
    'ftp://1.1.1.1/',
  ])('is not sent to %s', async (url) => {
    expect(await post(new URL(url), REQUEST)).toEqual({ kind: 'forbidden' });
  });

  it('that nobody answers is told as that', async () => {
    const open = postWithin({ allowPrivate: true });
    expect(await open(new URL('https://nobody.invalid/'), REQUEST)).toEqual({ kind: 'unreachable' });
    expect(await open(new URL('http://127.0.0.1:9/'), REQUEST)).toEqual({ kind: 'unreachable' });
  });
});
