/** Releases a content pack, which is a folder of files, into a tenant's library. A released version never changes. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ContentPack, EmailTemplate } from '@archive-gate/game-engine';
import { eq } from 'drizzle-orm';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../../kernel/project.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import { checkContent } from './check-content.ts';
import { hashOf } from './email-pool.ts';
import { contentErrors } from './errors.ts';
import { contentTables } from './schema.ts';

/** They are inserted by one statement, which has 65,535 parameters at most: nine a template. */
const MOST_TEMPLATES = 5_000;

const packFolder = path.join(projectRoot, 'packages/backend/content');
const PackFile = z.strictObject({ version: z.string() });

/**
 * Reads the pack that this version of the platform ships.
 *
 * @throws CONTENT_FILE_INVALID  naming the file and the field
 */
export function readPackFiles(folder = packFolder): ContentPack {
  const { version } = read(path.join(folder, 'pack.yaml'), PackFile);
  const emails = attempt('emails', () => readdirSync(path.join(folder, 'emails')))
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => readTemplate(path.join(folder, 'emails', file)));
  return checkContent('the pack', { version, emails }, ContentPack);
}

function readTemplate(file: string): EmailTemplate {
  const template = read(file, EmailTemplate);
  if (`${template.key}.yaml` === path.basename(file)) return template;
  throw contentErrors.CONTENT_FILE_INVALID({
    found: `key ${template.key} in ${path.basename(file)}`,
    expected: 'the file’s own name',
  });
}

function read<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> {
  const name = path.basename(file);
  return checkContent(
    name,
    attempt(name, () => parse(readFileSync(file, 'utf8'))),
    schema,
  );
}

function attempt<Result>(name: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw contentErrors.CONTENT_FILE_INVALID({ found: `${name}: ${reason}`, cause: error });
  }
}

/**
 * Adds a pack's templates to the tenant's library; those that are there already are left alone.
 *
 * @returns how many templates were added
 * @throws CONTENT_PACK_CHANGED  when a template of this version was released with another content
 * @throws CONTENT_FILE_INVALID, VALUE_REFUSED  for what is no pack, or could not be kept as it is
 */
export async function releasePack(tx: TenantTx, given: ContentPack): Promise<number> {
  if (given.emails.length > MOST_TEMPLATES)
    throw contentErrors.CONTENT_FILE_INVALID({
      found: `${given.emails.length} templates`,
      expected: `${MOST_TEMPLATES} at most`,
    });
  const pack = checkContent('the pack', given, ContentPack);
  const { emailTemplates } = contentTables(tx);
  const present = await tx
    .select({ key: emailTemplates.key, sha256: emailTemplates.templateSha256 })
    .from(emailTemplates)
    .where(eq(emailTemplates.packVersion, pack.version));
  const released = new Map(present.map(({ key, sha256 }) => [key, sha256]));
  const wanted = pack.emails.map((template) => ({ template, sha256: hashOf(template) }));
  const changed = wanted.find(({ template, sha256 }) => (released.get(template.key) ?? sha256) !== sha256);
  const missing = wanted.filter(({ template }) => !released.has(template.key));
  if (changed || (released.size > 0 && (missing.length > 0 || released.size !== wanted.length))) {
    const found = changed
      ? `${changed.template.key} differs from what was released`
      : `${wanted.length} templates, ${released.size} were released`;
    throw contentErrors.CONTENT_PACK_CHANGED({ found: `${pack.version}: ${found}` });
  }
  if (missing.length === 0) return 0;
  await tx.insert(emailTemplates).values(
    missing.map(({ template, sha256 }) => ({
      tenantId: tx.tenantId,
      packVersion: pack.version,
      key: template.key,
      category: template.category,
      legitimate: template.legitimate,
      difficulty: template.difficulty,
      subject: template.subject,
      template,
      templateSha256: sha256,
    })),
  );
  return missing.length;
}
