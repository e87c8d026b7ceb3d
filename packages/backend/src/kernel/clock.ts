/** Time as a dependency, so that a test can turn a month. */
export interface Clock {
  now(): Date;
}
