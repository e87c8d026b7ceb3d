/** Every group of attempts, in the order in which they are made. */
import { contexts } from './contexts.ts';
import type { Group } from './group.ts';
import { reading } from './reading.ts';
import { writing } from './writing.ts';

export const groups: readonly Group[] = [reading, writing, contexts];
