/**
 * What `instance check` and `doctor` find, but for what they rightly say of the tests' own server:
 * it waits for no disk, and the slots of moves that other files make meanwhile may have no reader for a moment.
 */
interface Finding {
  readonly rule: string;
  readonly object: string;
  readonly detail: string;
}

export const isOfTestServer = ({ rule, object }: Pick<Finding, 'rule' | 'object'>): boolean =>
  rule === 'replication-slots-are-used' ||
  (rule === 'server-keeps-what-it-commits' && object.endsWith('fsync'));

/** @param out  of a command that was asked for JSON */
export const findingsIn = ({ out }: { readonly out: string }): Finding[] =>
  (JSON.parse(out).findings as Finding[]).filter((finding) => !isOfTestServer(finding));
