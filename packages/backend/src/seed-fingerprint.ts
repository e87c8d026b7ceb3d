/** Tells whether a seed is the one that a database had last: a hash over every file that it is made from. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './kernel/project.ts';

const backend = path.join(projectRoot, 'packages/backend');

/** SHA-256, in hex. Node's version counts, because names of countries and languages come with it. */
export function seedFingerprint(): string {
  const hash = createHash('sha256').update(process.versions.icu ?? '');
  for (const file of sources()) hash.update(`\0${file}\0`).update(readFileSync(path.join(projectRoot, file)));
  return hash.digest('hex');
}

function sources(): string[] {
  const files = ['content', 'src'].flatMap((folder) =>
    readdirSync(path.join(backend, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      path.join('packages/backend', folder, file),
    ),
  );
  const made = files.filter(
    (file) =>
      /\/content\/.*\.yaml$|\/(seed|demonstration)[^/]*\.ts$/.test(file) && !file.endsWith('.test.ts'),
  );
  return [...made, 'pnpm-lock.yaml'].sort();
}
