/**
 * Verifies exports, checkpoints and proofs of audit logs from files alone. Nothing here knows of a database, and nothing
 * but Node.js is needed: whoever doubts the platform can run it elsewhere, and read all of it.
 */
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ChainCheck, type ChainHead, type NamedCheckpoint } from './chain-check.ts';
import { type Checkpoint, keyIdOf, readCheckpoint, Trust } from './checkpoint.ts';
import { type ChainEntry, isHexHash, isWholeNumber, readEntry } from './entry.ts';
import { type Finding, finding } from './finding.ts';
import { checkProof, checkpointsOf, type Proof, readProof } from './proofs.ts';
import { type ExportFile, FileMissing, isObject, linesOf, openFile, requireFile } from './read-files.ts';
import { type Removal, type RemovedEntries, readRemoval } from './removal.ts';

export interface VerificationReport {
  /** Entries, checkpoints and proofs. */
  readonly checked: number;
  readonly findings: readonly Finding[];
  readonly entries: number;
  readonly checkpoints: number;
  readonly proofs: number;
  /** By run of retention: entries whose hashes alone are left. */
  readonly removed: readonly RemovedEntries[];
  /** By which keys: those that were given, those of kept checkpoints, or whatever keys the files bring themselves. */
  readonly trust: 'given' | 'kept' | 'brought';
}

interface Kept {
  readonly exports: ExportFile[];
  readonly checkpoints: NamedCheckpoint[];
  readonly proofs: { readonly proof: Proof; readonly name: string }[];
  readonly findings: Finding[];
}

/**
 * @param files     exports, kept checkpoints and proofs, in any order
 * @param keyFiles  public keys that are believed, as PEM or as 32 bytes in base64url
 * @throws FileMissing
 */
export async function verifyFiles(
  files: readonly string[],
  keyFiles: readonly string[] = [],
): Promise<VerificationReport> {
  const kept = await sortFiles(files);
  const { findings } = kept;
  const given = keyFiles.map(readKeyId);
  const ofKept = given.length > 0 ? given : kept.checkpoints.flatMap(({ checkpoint }) => idsOf(checkpoint));
  const all = kept.checkpoints.map(({ checkpoint }) => checkpoint);
  const proven = kept.proofs.flatMap(({ proof }) => checkpointsOf(proof));
  const trust = new Trust(ofKept, [...all, ...proven]);
  for (const { checkpoint, name } of kept.checkpoints) findings.push(...trust.find(checkpoint, name));
  for (const { proof, name } of kept.proofs) {
    findings.push(...checkProof(proof, name));
    for (const checkpoint of checkpointsOf(proof)) findings.push(...trust.find(checkpoint, name));
  }
  let [entries, checkpoints] = [0, kept.checkpoints.length];
  const removed: RemovedEntries[] = [];
  for (const each of kept.exports) {
    const verified = await verifyExport(each, kept.checkpoints, ofKept);
    entries += verified.entries;
    checkpoints += verified.checkpoints;
    removed.push(...verified.removed);
    findings.push(...verified.findings);
  }
  const proofs = kept.proofs.length;
  const by = given.length > 0 ? 'given' : ofKept.length > 0 ? 'kept' : 'brought';
  const checked = entries + checkpoints + proofs;
  return { checked, findings, entries, checkpoints, proofs, removed, trust: by };
}

const idsOf = ({ signingKeyId, cosigningKeyId }: Checkpoint) =>
  cosigningKeyId === null ? [signingKeyId] : [signingKeyId, cosigningKeyId];

function readKeyId(file: string): string {
  const text = readKeyFile(file).trim();
  const x = text.startsWith('-----') ? createPublicKey(text).export({ format: 'jwk' }).x : text;
  return keyIdOf(x ?? '');
}

function readKeyFile(file: string): string {
  try {
    requireFile(file);
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new FileMissing(error instanceof Error ? error.message : String(error));
  }
}

async function sortFiles(files: readonly string[]): Promise<Kept> {
  const kept: Kept = { exports: [], checkpoints: [], proofs: [], findings: [] };
  for (const file of files) {
    const opened = await openFile(file);
    const name = path.basename(file);
    if (opened.kind === 'export') kept.exports.push(opened);
    else {
      const { document } = opened;
      const checkpoint = readCheckpoint(document);
      const proof = isObject(document) ? readProof(document) : undefined;
      if (checkpoint) kept.checkpoints.push({ checkpoint, name });
      else if (proof) kept.proofs.push({ proof, name });
      else
        kept.findings.push(
          finding('file-unreadable', name, 'it is neither an export nor a checkpoint nor a proof'),
        );
    }
  }
  return kept;
}

interface VerifiedExport {
  readonly entries: number;
  readonly checkpoints: number;
  readonly removed: readonly RemovedEntries[];
  readonly findings: readonly Finding[];
}

async function verifyExport(
  { file }: ExportFile,
  kept: readonly NamedCheckpoint[],
  keyIds: readonly string[],
): Promise<VerifiedExport> {
  const reader = new ExportReader(path.basename(file), kept, keyIds);
  for await (const { at, value } of linesOf(file)) reader.read(value, at);
  return reader.end();
}

/** Takes an export line by line: what it is of, its checkpoints, its entries, and its end. */
class ExportReader {
  readonly #name: string;
  readonly #kept: readonly NamedCheckpoint[];
  readonly #keyIds: readonly string[];
  readonly #findings: Finding[] = [];
  readonly #own: NamedCheckpoint[] = [];
  #tenantId = '';
  #check: ChainCheck | undefined;
  #trust: Trust | undefined;
  #head: ChainHead | undefined;

  constructor(name: string, kept: readonly NamedCheckpoint[], keyIds: readonly string[]) {
    this.#name = name;
    this.#kept = kept;
    this.#keyIds = keyIds;
  }

  read(value: unknown, at: number): void {
    if (!isObject(value)) this.#refuse(at, 'it is no JSON object');
    else if (at === 1) this.#tenantId = String(value.tenantId);
    else if (value.type === 'entry') this.#readItem(readEntry(value), at);
    else if (value.type === 'removal') this.#readItem(readRemoval(value), at);
    else if (value.type === 'end') this.#readEnd(value, at);
    else this.#readCheckpoint(value, at);
  }

  end(): VerifiedExport {
    const check = this.#begin();
    this.#findings.push(...check.end(this.#head));
    const trust = this.#trust;
    if (trust) this.#findings.push(...check.uncertified((keyId) => trust.believes(keyId)));
    return {
      ...{ entries: check.checked, checkpoints: this.#own.length },
      ...{ removed: check.removed(), findings: this.#findings },
    };
  }

  #refuse(at: number, why: string): void {
    this.#findings.push(finding('file-unreadable', `${this.#name}, line ${at}`, why));
  }

  #readItem(item: ChainEntry | Removal | undefined, at: number): void {
    if (item) this.#begin().add(item);
    else this.#refuse(at, 'it is no entry or removal as exports have them');
  }

  #readEnd({ sequence, chainSha256 }: Readonly<Record<string, unknown>>, at: number): void {
    if (isWholeNumber(sequence) && isHexHash(chainSha256)) this.#head = { sequence, chainSha256 };
    else this.#refuse(at, 'it does not tell the head of the chain');
  }

  #readCheckpoint(value: unknown, at: number): void {
    const checkpoint = readCheckpoint(value);
    if (!checkpoint || this.#check)
      this.#refuse(at, 'it is neither a checkpoint before all entries nor an entry');
    else this.#own.push({ checkpoint, name: `checkpoint of ${checkpoint.sequence} entries, in the export` });
  }

  /** Once the checkpoints are known. */
  #begin(): ChainCheck {
    if (this.#check) return this.#check;
    const kept = this.#kept.filter(({ checkpoint }) => checkpoint.tenantId === this.#tenantId);
    const all = [...kept, ...this.#own];
    const trust = new Trust(
      this.#keyIds,
      all.map(({ checkpoint }) => checkpoint),
    );
    for (const { checkpoint, name } of this.#own) {
      this.#findings.push(...trust.find(checkpoint, name));
      if (checkpoint.tenantId !== this.#tenantId)
        this.#findings.push(finding('checkpoint-forged', name, 'it is of another tenant'));
    }
    this.#trust = trust;
    this.#check = new ChainCheck(this.#tenantId, all);
    return this.#check;
  }
}
