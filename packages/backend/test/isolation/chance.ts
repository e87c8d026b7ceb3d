/** Chance that falls the same way in every run: a test that fails by it fails again, and can be looked into. */
import { createHash } from 'node:crypto';

let drawn = 0;

/** @returns a whole number from `min`, which is 0 when left out, up to but without `max` */
export function randomInt(...bounds: [max: number] | [min: number, max: number]): number {
  const [min, max] = bounds.length === 1 ? [0, bounds[0]] : bounds;
  drawn += 1;
  return min + (createHash('sha256').update(`${drawn}`).digest().readUInt32BE(0) % (max - min));
}
