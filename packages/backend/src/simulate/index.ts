/** Players made of dice, many at once, and the proof that what they were told was accepted is in the database. */
export { type AckLog, Acknowledgement, openAckLog } from './ack-log.ts';
export { type AckCheck, type AckDeviation, checkAckLog } from './check-ack-log.ts';
export { simulationErrors } from './errors.ts';
export { type SimulationRequest, simulate } from './simulation.ts';
export type { SimulationReport } from './tally.ts';
