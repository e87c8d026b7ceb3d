/** What stands in an export, for the person who gets it. */

export interface ExportedTable {
  /** As module.table. */
  readonly name: string;
  readonly purpose: string;
  readonly rows: number;
  /** Categories of personal data in it, and what each is kept for. */
  readonly categories: readonly string[];
  readonly purposes: readonly string[];
}

export function describeExport(userId: string, at: Date, tables: readonly ExportedTable[]): string {
  const lines = tables.flatMap(({ name, purpose, rows, purposes }) => [
    `## ${name}`,
    '',
    `${purpose} ${rows} ${rows === 1 ? 'row' : 'rows'}, in \`data/${name.replace('.', '/')}.json\` and \`.csv\`.`,
    ...(purposes.length > 0 ? ['', `Kept for: ${purposes.join('; ')}.`] : []),
    '',
  ]);
  return `# Your data

This archive holds what the platform knows of you, as it stood at ${at.toISOString()}. You are number ${userId} in it.

You have a right to it (GDPR Art. 15), and to take it elsewhere (Art. 20). You can also have it put right (Art. 16), have it
erased (Art. 17), or have it kept and not used (Art. 18). Ask whoever gave you access to the game.

- Every table is there twice, with the same rows: as JSON for programs, and as CSV for a spreadsheet.
  There a text that begins like a formula has an apostrophe in front, so that nothing is worked out.
- What concerns other people is left out: where a row names somebody else, that place is empty.
- The keys that your texts are kept with are left out; the texts themselves are here in the clear. So are traces of your
  passwords and devices: keep this archive as carefully as you would keep them.
- What you did in games is there as events, under the number of each session.
- \`manifest.json\` lists every file with its SHA-256, and \`manifest.sig.json\` is the platform's signature of that list.

${lines.join('\n')}`;
}
