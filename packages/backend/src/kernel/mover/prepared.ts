/** Statements that one session runs again and again are parsed and planned once there. */
import { createHash } from 'node:crypto';

interface Prepared {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

/** Named after its text, since names of tables together can be longer than PostgreSQL lets a name be. */
export const prepared = (text: string, values: unknown[]): Prepared => ({
  name: createHash('md5').update(text).digest('hex'),
  text,
  values,
});
