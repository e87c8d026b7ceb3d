/** What a check rightly says of the tests' own server, and no test is about: it does not wait for the disk. */
interface Finding {
  readonly rule: string;
  readonly object: string;
}

export const isOfTestServer = ({ rule, object }: Finding): boolean =>
  rule === 'server-keeps-what-it-commits' && object.endsWith('fsync');
