/**
 * The adversary: the techniques of MITRE ATT&CK, the campaigns that use them, and what became of each attack in a
 * session. Attacks, breaches and incidents follow from the session's events and never contradict them.
 */
export { seedAttackMatrix } from './seed-matrix.ts';
