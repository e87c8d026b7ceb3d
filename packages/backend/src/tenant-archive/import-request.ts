/** What an import was asked for. It is kept with its run, so that whoever goes on with it restores the same to the same place. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '@archive-gate/game-engine';
import { z } from 'zod';
import type { Manifest } from '../kernel/archive/index.ts';
import type { ArchiveHead } from './archive-head.ts';
import type { ImportOptions } from './import-tenant.ts';

const ImportRequest = z.strictObject({
  /** Of the manifest's canonical JSON: which archive it is. */
  manifestSha256: z.string(),
  slug: z.string(),
  tier: z.enum(['shared', 'schema', 'instance']),
  instance: z.string().nullable(),
});
export type ImportRequest = z.infer<typeof ImportRequest>;

export function requestOf(
  manifest: Manifest,
  { tenant }: ArchiveHead,
  options: ImportOptions,
): ImportRequest {
  return {
    manifestSha256: createHash('sha256').update(canonicalJson(manifest)).digest('hex'),
    slug: options.slug ?? tenant.slug,
    tier: options.tier ?? tenant.tier,
    instance: options.instance ?? null,
  };
}

/** @returns what differs, for people; undefined where nothing does */
export function sameRequest(stored: unknown, request: ImportRequest): string | undefined {
  const earlier = ImportRequest.parse(stored);
  const differing = (Object.keys(request) as (keyof ImportRequest)[]).filter(
    (key) => earlier[key] !== request[key],
  );
  const [first] = differing;
  if (first === undefined) return undefined;
  return first === 'manifestSha256'
    ? 'another archive of the tenant'
    : `${first} ${earlier[first] ?? 'that was left open'}`;
}
