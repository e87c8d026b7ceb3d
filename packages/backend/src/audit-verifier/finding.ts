/** What a verification finds, each with the name that auditors and other programs know it by, and what to do about it. */

export interface Finding {
  readonly rule: Rule;
  /** Which entries, checkpoint, proof or line. */
  readonly object: string;
  readonly detail: string;
  readonly remedy: string;
}

const KEEP =
  'keep this export and the database as they are; compare with backups and with earlier exports, and find who could write past triggers';

const REMEDIES = {
  'entry-changed': KEEP,
  'entry-removed': KEEP,
  'entry-inserted': KEEP,
  'entry-reordered': KEEP,
  'tail-truncated': KEEP,
  'removal-forged': KEEP,
  'removal-uncertified':
    'let the run of retention that it is of end: dmz retention run; where that does not certify it, '.concat(
      KEEP,
    ),
  'chain-rewritten': KEEP,
  'checkpoint-differs': KEEP,
  'checkpoint-forged': 'take the checkpoint from where it is kept, and the key from who gave it to you',
  'checkpoint-key-unknown':
    'give the public key with --key, as the platform handed it out, or a checkpoint of the overlap that the key before has signed too',
  'inclusion-proof-forged': 'believe nothing that this file says; ask for the proof again: dmz audit prove',
  'consistency-proof-forged': 'believe nothing that this file says; ask for the proof again: dmz audit prove',
  'file-unreadable': 'take the file again from where it was made: dmz audit export, checkpoint or prove',
} as const;

export type Rule = keyof typeof REMEDIES;

export const finding = (rule: Rule, object: string, detail: string): Finding => ({
  rule,
  object,
  detail,
  remedy: REMEDIES[rule],
});

/** How entries are named, by their sequences, the last one included. */
export const entriesIn = (from: number, to: number): string =>
  from === to ? `entry ${from}` : `entries ${from} to ${to}`;
