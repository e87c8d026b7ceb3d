/** How a table's rows lead to people: what its author said, or the reference from its column `userId`. */
import type { Columns, Subject, TableDraft } from './table-draft.ts';
import { metaOf, type PiiDeclaration, type SubjectPath, type TableMeta } from './table-meta.ts';

export function subjectsOf(
  draft: TableDraft,
  sqlName: (key: string) => string,
  pii: ReadonlyMap<string, PiiDeclaration>,
): Pick<TableMeta, 'subject' | 'subjectOf'> {
  const given = draft.options.subject ?? (refersTo(draft, 'userId') ? 'userId' : []);
  const subject =
    given === 'itself' || given === 'nobody'
      ? given
      : [given].flat().map((each) => pathOf(draft, each, sqlName));
  const others = [...pii].flatMap(([column, declaration]): [string, SubjectPath][] =>
    declaration.subject === undefined ? [] : [[column, pathOf(draft, declaration.subject, sqlName)]],
  );
  return { subject, subjectOf: new Map(others) };
}

function pathOf(draft: TableDraft, subject: Subject<Columns>, sqlName: (key: string) => string): SubjectPath {
  if (typeof subject !== 'string') return { ...subject, column: sqlName(subject.from) };
  const target = refersTo(draft, subject);
  if (!target) throw new Error(`${draft.name}.${subject} refers to no table, and cannot lead to a person.`);
  const { namespace, name } = metaOf(target);
  return { from: subject, column: sqlName(subject), target: `${namespace}.${name}`, key: 'id' };
}

function refersTo(draft: TableDraft, from: string) {
  const reference = draft.options.references?.find((each) => each.from === from);
  return reference && reference.target !== 'self' ? reference.target : undefined;
}
