/** What can go wrong with a simulation itself, beside what the platform answers to its players. */
import { defineErrors } from '../kernel/errors/index.ts';

export const simulationErrors = defineErrors({
  SIMULATION_NO_PEOPLE: {
    message: 'The tenant has nobody who could play.',
    next: 'pnpm db:seed, or choose another tenant: pnpm dmz tenant list',
    exitCode: 1,
  },
  SIMULATION_ACK_LOG_UNUSABLE: {
    message: 'The log of acknowledgements cannot be written to.',
    next: 'name a file in a folder that this user may write to',
    exitCode: 2,
  },
  SIMULATION_ACK_LOG_FAILED: {
    message: 'An acknowledgement could not be written to the log; the simulation was stopped.',
    next: 'make room for the file; what it holds is complete up to its last line, and a new run appends to it',
    exitCode: 1,
  },
  SIMULATION_ACK_LOG_UNREADABLE: {
    message: 'The log of acknowledgements cannot be read.',
    next: 'name the file that was given to pnpm dmz simulate --ack-log',
    exitCode: 2,
  },
});
