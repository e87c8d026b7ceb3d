/** The matrix that the game trains against: ATT&CK’s tactics, and the techniques that concern people. Repeatable. */
import { keepReferenceRows, type OwnerTx } from '../../kernel/db/index.ts';
import { INITIAL_ACCESS, PHISHING, type Technique } from './attack-techniques.ts';
import { GUESSED_AND_TRICKED, STOLEN_AND_FORGED } from './credential-techniques.ts';
import { KEPT_CREDENTIALS } from './kept-credentials.ts';
import { threatTables } from './schema.ts';

const ATTACK_RELEASE = '17.1';

/** In the order of the matrix, from the left. */
const TACTICS = [
  ['TA0043', 'Reconnaissance'],
  ['TA0042', 'Resource Development'],
  ['TA0001', 'Initial Access'],
  ['TA0002', 'Execution'],
  ['TA0003', 'Persistence'],
  ['TA0004', 'Privilege Escalation'],
  ['TA0005', 'Defense Evasion'],
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
];

/** @returns how many rows were added or changed */
export async function seedAttackMatrix(tx: OwnerTx): Promise<number> {
  const { attackTactics, attackVectors, attackVectorTactics } = threatTables;
  const tactics = TACTICS.map(([tacticId, name], at) => ({
    tacticId,
    name,
    shortName: name.toLowerCase().replaceAll(' ', '-'),
    position: at + 1,
  }));
  const vectors = TECHNIQUES.flatMap(rowsOf);
  const serving = vectors.flatMap(({ techniqueId, tactics: ids }) =>
    ids.map((tacticId) => ({ techniqueId, tacticId })),
  );
  return (
    (await keepReferenceRows(tx, attackTactics, tactics)) +
    (await keepReferenceRows(tx, attackVectors, vectors)) +
    (await keepReferenceRows(tx, attackVectorTactics, serving))
  );
}

/** The technique and its sub-techniques, which serve the same tactics. */
function rowsOf({ id, name, description, tactics, kinds = [] }: Technique) {
  const attackRelease = ATTACK_RELEASE;
  const page = `https://attack.mitre.org/techniques/${id}/`;
  const technique = { techniqueId: id, name, description, tactics, attackRelease, sourceUrl: page };
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
