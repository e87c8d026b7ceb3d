import { describe, expect, it } from 'vitest';
import { maskRedisUrl, parseRedisUrl } from './redis-url.ts';

describe('the address of Redis', () => {
  it('is one server, with a database', () => {
    expect(parseRedisUrl('redis://default:s%40f@cache.example:7000/3')).toEqual({
      nodes: [{ host: 'cache.example', port: 7000 }],
      ...{ cluster: false, tls: false, username: 'default', password: 's@f', database: 3 },
    });
    expect(parseRedisUrl('rediss://[::1]')).toMatchObject({
      nodes: [{ host: '::1', port: 6379 }],
      ...{ tls: true, password: undefined, database: 0 },
    });
  });

  it('is a cluster, by the nodes to begin with', () => {
    expect(parseRedisUrl('redis+cluster://:secret@one:1,two:2')).toMatchObject({
      nodes: [
        { host: 'one', port: 1 },
        { host: 'two', port: 2 },
      ],
      ...{ cluster: true, username: undefined, password: 'secret' },
    });
  });

  it.each([
    'localhost:6379',
    'http://:hunter2@host',
    'redis://:hunter2@one,two',
    'redis://:hunter2@host:0',
    'redis://:hunter2@host:99999',
    'redis://:hunter2@host/x',
    'redis+cluster://:hunter2@host/1',
    'redis://:hunter2%@host',
    'redis://:hunter2@ho st',
  ])('is refused when it is %s, without its password being told', (url) => {
    const refusal = (() => {
      try {
        return parseRedisUrl(url);
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toMatchObject({ code: 'CACHE_URL_INVALID', exitCode: 2 });
    expect(JSON.stringify(refusal)).not.toContain('hunter2');
  });

  it('is shown without its password', () => {
    expect(maskRedisUrl('redis://:hunter2@127.0.0.1:7000/0')).toBe('redis://:***@127.0.0.1:7000/0');
    expect(maskRedisUrl('redis://app:hunter2@host')).toBe('redis://app:***@host');
    expect(maskRedisUrl('redis://host')).toBe('redis://host');
  });
});
