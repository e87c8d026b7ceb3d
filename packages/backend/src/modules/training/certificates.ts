/**
 * Issues certificates, corrects them and takes them back. What is printed on one is encrypted for its holder; the row keeps
 * the signature, so a certificate is handed out as it was signed, as long as its holder was not forgotten.
 */
import { randomBytes } from 'node:crypto';
import { canonicalJson } from '@archive-gate/game-engine';
import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { type StatusReason, violates } from '../../kernel/db/index.ts';
import type { Keys } from '../../kernel/privacy/index.ts';
import { signDocument } from '../../kernel/signing/index.ts';
import type { TenantTx } from '../../kernel/tenancy/index.ts';
import type { Certificate, SignedCertificate } from './certificate-document.ts';
import { trainingErrors } from './errors.ts';
import { completions, certificates as records } from './records.ts';
import { trainingTables } from './schema.ts';

type Row = typeof trainingTables.certificates.$inferSelect;

export interface IssueCertificate {
  readonly completionId: string;
  readonly holderName: string;
  /** Printed, unique within the tenant. */
  readonly serial: string;
  /** Last day that it is good for; null without end. */
  readonly expiresOn: string | null;
}

/** What its holder alone could know, as it is encrypted. */
const Printed = z.object({ holderName: z.string(), programTitle: z.string(), salt: z.string() });
type Printed = z.infer<typeof Printed>;
const SALT_BYTES = 16;

/**
 * Certifies a completed programme. Needs a tenant transaction.
 *
 * @throws TRAINING_PROGRAM_NOT_COMPLETED  when there is no such completion of a whole programme, or it does not hold
 * @throws TRAINING_SERIAL_TAKEN           when the serial exists, also if it was since invalidated
 * @throws KEYS_PERSON_FORGOTTEN, SIGNING_KEY_INVALID
 */
export async function issueCertificate(
  tx: TenantTx,
  keys: Keys,
  { completionId, holderName, serial, expiresOn }: IssueCertificate,
): Promise<SignedCertificate> {
  const completion = await findCompletion(tx, completionId);
  const id = uuidv7();
  const issuedOn = tx.now.toISOString().slice(0, 10);
  const { programId, userId } = completion;
  const row = { id, serial, programId, userId, completionId, issuedOn, expiresOn, supersedesId: null };
  const printed = await printFor(tx, programId, holderName);
  const signed = sign(tx, row, completion.completedAt, printed);
  const holder = await sealPrinted(tx, keys, row, printed);
  const { supersedesId: _, ...values } = row;
  try {
    await records.issue(tx, { ...values, holderName: holder, ...signatureOf(signed) });
  } catch (error) {
    throw violates(error, 'training', 'certificates_serial_key')
      ? trainingErrors.TRAINING_SERIAL_TAKEN({ found: serial, cause: error })
      : error;
  }
  return signed;
}

/**
 * Issues a corrected certificate of the same serial in the place of one.
 *
 * @throws TRAINING_CERTIFICATE_UNKNOWN, TRAINING_CERTIFICATE_UNREADABLE, RECORDS_ALREADY_SUCCEEDED
 */
export async function correctCertificate(
  tx: TenantTx,
  keys: Keys,
  serial: string,
  { holderName, reason }: { readonly holderName: string; readonly reason: StatusReason },
): Promise<SignedCertificate> {
  const former = await findCertificate(tx, serial);
  const completion = await findCompletion(tx, former.completionId);
  const row = { ...former, id: uuidv7(), supersedesId: former.id };
  const printed = await printFor(tx, row.programId, holderName);
  const signed = sign(tx, row, completion.completedAt, printed);
  const changes = {
    id: row.id,
    holderName: await sealPrinted(tx, keys, row, printed),
    ...signatureOf(signed),
  };
  await records.supersede(tx, keys, former.id, reason, changes);
  return signed;
}

/** Takes a certificate back, by a record that is signed too. @throws RECORDS_* */
async function invalidateCertificate(
  tx: TenantTx,
  keys: Keys,
  id: string,
  reason: StatusReason,
): Promise<Row> {
  const own = uuidv7();
  const { tenantId } = tx;
  const statement = { format: 'archive-gate.certificate-invalidation', version: 1, id: own, tenantId };
  const signature = signDocument({ ...statement, invalidatesId: id, reason });
  return records.invalidate(tx, keys, id, reason, { id: own, ...signature });
}

/** What became of certificates; they are written by the functions here alone, which sign them. */
export const certificates = {
  name: records.name,
  validNow: records.validNow,
  standing: records.standing,
  history: records.history,
  count: records.count,
  invalidate: invalidateCertificate,
};

/**
 * The valid certificate with a serial, as it was signed.
 *
 * @throws TRAINING_CERTIFICATE_UNKNOWN, TRAINING_CERTIFICATE_UNREADABLE
 */
export async function exportCertificate(
  tx: TenantTx,
  keys: Keys,
  serial: string,
): Promise<SignedCertificate> {
  const row = await findCertificate(tx, serial);
  const [opened] = await keys.open(tx, trainingTables(tx).certificates, [row]);
  const text = opened?.holderName?.text;
  if (!text) throw trainingErrors.TRAINING_CERTIFICATE_UNREADABLE({ found: `certificate ${row.id}` });
  const { completedAt } = await readCompletion(tx, row.completionId);
  const certificate = documentOf(tx, row, completedAt, Printed.parse(JSON.parse(text)));
  return { certificate, signature: row.signature, signingKeyId: row.signingKeyId };
}

async function findCertificate(tx: TenantTx, serial: string): Promise<Row> {
  const [row] = await records.validNow(tx, (table) => eq(table.serial, serial));
  if (row) return row;
  throw trainingErrors.TRAINING_CERTIFICATE_UNKNOWN({ found: serial });
}

async function findCompletion(tx: TenantTx, id: string) {
  const [completion] = await completions.validNow(tx, (table) => and(eq(table.id, id)));
  // A module is a part of what is certified.
  if (completion?.moduleId === null) return completion;
  throw trainingErrors.TRAINING_PROGRAM_NOT_COMPLETED({ found: `completion ${id}` });
}

async function readCompletion(tx: TenantTx, id: string) {
  const [completion] = (await completions.history(tx, id)).filter((each) => each.id === id);
  if (completion) return completion;
  throw trainingErrors.TRAINING_PROGRAM_NOT_COMPLETED({ found: `completion ${id}` });
}

/** A programme can be renamed; a certificate says what it was called. */
async function printFor(tx: TenantTx, programId: string, holderName: string): Promise<Printed> {
  const { programs } = trainingTables(tx);
  const [program] = await tx
    .select({ title: programs.title })
    .from(programs)
    .where(eq(programs.id, programId));
  if (!program) throw trainingErrors.TRAINING_PROGRAM_NOT_COMPLETED({ found: `programme ${programId}` });
  return { holderName, programTitle: program.title, salt: randomBytes(SALT_BYTES).toString('base64url') };
}

async function sealPrinted(tx: TenantTx, keys: Keys, row: Pick<Row, 'id' | 'userId'>, printed: Printed) {
  const table = trainingTables(tx).certificates;
  const texts = { holderName: canonicalJson(printed) };
  return (await keys.sealForPerson(tx, row.userId, table, row.id, texts)).columns.holderName;
}

type Signable = Pick<
  Row,
  'id' | 'serial' | 'programId' | 'completionId' | 'issuedOn' | 'expiresOn' | 'supersedesId'
>;

function documentOf(tx: TenantTx, row: Signable, completedAt: Date, printed: Printed): Certificate {
  return {
    format: 'archive-gate.certificate',
    version: 1,
    id: row.id,
    tenantId: tx.tenantId,
    serial: row.serial,
    holderName: printed.holderName,
    program: { id: row.programId, title: printed.programTitle },
    completionId: row.completionId,
    completedOn: completedAt.toISOString().slice(0, 10),
    issuedOn: row.issuedOn,
    expiresOn: row.expiresOn,
    supersedesId: row.supersedesId,
    salt: printed.salt,
  };
}

function sign(tx: TenantTx, row: Signable, completedAt: Date, printed: Printed): SignedCertificate {
  const certificate = documentOf(tx, row, completedAt, printed);
  return { certificate, ...signDocument(certificate) };
}

const signatureOf = ({ signature, signingKeyId }: SignedCertificate) => ({ signature, signingKeyId });
