/** Whether every key of a tenant opens, and whether a rotation was left unfinished. Writes nothing, and damages nothing. */
import type { Finding } from '../kernel/check/index.ts';
import { isDmzError } from '../kernel/errors/index.ts';
import type { Keys, MasterKeys } from '../kernel/privacy/index.ts';
import type { TenantTx } from '../kernel/tenancy/index.ts';

const BATCH = 1_000;

export interface KeyCheck {
  /** Keys that were tried. */
  readonly checked: number;
  readonly findings: readonly Finding[];
}

/** Needs a tenant transaction. */
export async function checkKeys(tx: TenantTx, keys: Keys, master: MasterKeys): Promise<KeyCheck> {
  const findings: Finding[] = [];
  const report = async (object: string, work: () => Promise<void>) => {
    const finding = await findingOf(object, work);
    if (finding) findings.push(finding);
    return finding === undefined;
  };
  const [newest, ...older] = await keys.store.tenantKeys(tx);
  if (!newest) return { checked: 0, findings };
  const ofTenant = [newest, ...older];
  const present = await master.currentKeyId();
  const readable = new Set<string>();
  for (const key of ofTenant) {
    const object = `tenant key ${key.id} of generation ${key.generation}`;
    if (!(await report(object, () => keys.tenantKeys.examine(tx, key)))) continue;
    readable.add(key.id);
    if (key.masterKeyId !== present) findings.push(unfinished(object, `master key ${key.masterKeyId}`));
  }
  let checked = ofTenant.length;
  for await (const key of everySubjectKey(tx, keys)) {
    checked += 1;
    // One lost key of the tenant is one finding, not as many as there are people.
    const known = ofTenant.some(({ id }) => id === key.wrappingKeyId);
    const object = `subject key ${key.id}`;
    if (readable.has(key.wrappingKeyId) || !known)
      await report(object, () => keys.subjectKeys.examine(tx, key));
    if (known && key.wrappingKeyId !== newest.id)
      findings.push(unfinished(object, `tenant key ${key.wrappingKeyId}`));
  }
  return { checked, findings };
}

async function* everySubjectKey(tx: TenantTx, { store }: Keys) {
  let last: string | null = null;
  for (;;) {
    const batch = await store.subjectKeysAfter(tx, last, BATCH);
    yield* batch;
    const end = batch.at(-1);
    if (!end) return;
    last = end.id;
  }
}

async function findingOf(object: string, work: () => Promise<void>): Promise<Finding | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!isDmzError(error) || !error.code.startsWith('KEYS_')) throw error;
    const detail = [error.code, error.message, error.found].filter(Boolean).join(' ');
    return { rule: 'key-opens', object, detail, remedy: error.next };
  }
}

const unfinished = (object: string, wrapper: string): Finding => ({
  rule: 'wrapped-by-the-present-key',
  object,
  detail: `it is still wrapped by ${wrapper}`,
  remedy: 'pnpm dmz keys rewrap',
});
