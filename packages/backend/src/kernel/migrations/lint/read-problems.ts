/**
 * The header of a file as the runner reads it, and what lint has against it: no stated phase, lines that the runner refuses, and
 * lines that come too late to be read.
 */
import { isDmzError } from '../../errors/index.ts';
import { type Header, PHASES, readHeader } from '../header.ts';

export interface LintedHeader extends Header {
  /** Each begins with what was found. */
  readonly problems: readonly string[];
}

/** What a file counts as whose header the runner refuses: it has its phase, and nothing else is believed. */
const UNREAD: Omit<Header, 'phase'> = { asAdministrator: false, inTransaction: true, statesPhase: false };
const LINE = /^-- (role|transaction|phase|completes|needs): /;

/** @param text  the whole file */
export function readLintedHeader(tag: string, text: string): LintedHeader {
  const late = lateLines(text).map(
    (line) => `\`${line}\` below its first other line, where nothing reads it`,
  );
  try {
    const header = readHeader(tag, text);
    return { ...header, problems: [...(header.statesPhase ? [] : ['no phase']), ...late] };
  } catch (error) {
    if (!isDmzError(error)) throw error;
    const said = /^-- phase: (\w+)/m.exec(text)?.[1];
    const phase = PHASES.find((known) => known === said) ?? 'expand';
    return {
      ...UNREAD,
      phase,
      problems: [(error.found ?? error.message).replace(`${tag}.sql: `, ''), ...late],
    };
  }
}

function lateLines(text: string): string[] {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !LINE.test(line));
  return end < 0 ? [] : lines.slice(end).filter((line) => LINE.test(line));
}
