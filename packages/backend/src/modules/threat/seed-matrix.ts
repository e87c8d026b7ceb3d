/** The matrix that the game trains against: ATT&CK’s tactics, and the techniques that concern people. Repeatable. */
import { and, eq } from 'drizzle-orm';
import { keepReferenceRows, type OwnerTx } from '../../kernel/db/index.ts';
import { INITIAL_ACCESS, PHISHING, REVOKED, type Technique } from './attack-techniques.ts';
import { GUESSED_AND_TRICKED, STOLEN_AND_FORGED } from './credential-techniques.ts';
import { KEPT_CREDENTIALS } from './kept-credentials.ts';
import { threatTables } from './schema.ts';

const ATTACK_RELEASE = '19.1';

/** In the order of the matrix, from the left. */
const TACTICS = [
  ['TA0043', 'Reconnaissance'],
  ['TA0042', 'Resource Development'],
  ['TA0001', 'Initial Access'],
  ['TA0002', 'Execution'],
  ['TA0003', 'Persistence'],
  ['TA0004', 'Privilege Escalation'],
  ['TA0005', 'Stealth'],
  ['TA0112', 'Defense Impairment'],
  ['TA0006', 'Credential Access'],
  ['TA0007', 'Discovery'],
  ['TA0008', 'Lateral Movement'],
  ['TA0009', 'Collection'],
  ['TA0011', 'Command and Control'],
  ['TA0010', 'Exfiltration'],
  ['TA0040', 'Impact'],
] as const;

const TECHNIQUES = [
  ...INITIAL_ACCESS,
  ...PHISHING,
  ...GUESSED_AND_TRICKED,
  ...STOLEN_AND_FORGED,
  ...KEPT_CREDENTIALS,
  ...REVOKED,
];

/** @returns how many rows were added or changed */
export async function seedAttackMatrix(tx: OwnerTx): Promise<number> {
  const { attackTactics, attackVectors, attackVectorTactics } = threatTables;
  // The last first: a tactic that is new in the middle moves the others to the right, into places already left.
  const tactics = TACTICS.map(([tacticId, name], at) => ({
    tacticId,
    name,
    shortName: name.toLowerCase().replaceAll(' ', '-'),
    position: at + 1,
  })).reverse();
  const vectors = TECHNIQUES.flatMap(rowsOf);
  const serving = vectors.flatMap(({ techniqueId, tactics: ids }) =>
    ids.map((tacticId) => ({ techniqueId, tacticId })),
  );
  return (
    (await keepReferenceRows(tx, attackTactics, tactics)) +
    (await keepReferenceRows(tx, attackVectors, vectors)) +
    (await keepReferenceRows(tx, attackVectorTactics, serving)) +
    (await removeFormerTactics(tx, serving))
  );
}

interface Serving {
  readonly techniqueId: string;
  readonly tacticId: string;
}

/** A technique that MITRE moved to another tactic does not serve the former one as well. */
async function removeFormerTactics(tx: OwnerTx, serving: readonly Serving[]): Promise<number> {
  const { attackVectorTactics } = threatTables;
  const pair = ({ techniqueId, tacticId }: Serving) => `${techniqueId} ${tacticId}`;
  const current = new Set(serving.map(pair));
  const former = (await tx.select().from(attackVectorTactics)).filter((row) => !current.has(pair(row)));
  for (const { techniqueId, tacticId } of former) {
    await tx
      .delete(attackVectorTactics)
      .where(
        and(eq(attackVectorTactics.techniqueId, techniqueId), eq(attackVectorTactics.tacticId, tacticId)),
      );
  }
  return former.length;
}

/** The technique and its sub-techniques, which serve the same tactics. */
function rowsOf({ id, name, description, tactics, kinds = [], replacedById }: Technique) {
  const attackRelease = ATTACK_RELEASE;
  const page = `https://attack.mitre.org/techniques/${id}/`;
  const lifeCycle = replacedById ? ('revoked' as const) : ('active' as const);
  const made = { lifeCycle, replacedById, attackRelease };
  const technique = { techniqueId: id, name, description, tactics, ...made, sourceUrl: page };
  const subTechniques = kinds.map(([kindName, kindDescription], at) => {
    const number = String(at + 1).padStart(3, '0');
    return {
      ...technique,
      techniqueId: `${id}.${number}`,
      parentTechniqueId: id,
      name: kindName,
      description: kindDescription,
      sourceUrl: `${page}${number}/`,
    };
  });
  return [technique, ...subTechniques];
}
