/** `errors.md`: every code that the platform answers with, and what to do about it. */
import { type CatalogueEntry, errorCatalogue } from '../error-catalogue.ts';
import { code, page, table } from './markdown.ts';

export function errorReference(): string {
  const rooms = [...new Set(errorCatalogue.map(({ room }) => room))];
  const intro =
    'An error carries its code, what was found, what was expected and what to do next, and neither personal data nor ' +
    'a password. Codes are stable. Exit status 1 is a failure, 2 wrong usage; a retryable call can simply be made again.';
  const sections = rooms.flatMap((room) => [
    `## ${room}`,
    table(
      ['code', 'what happened', 'next', 'exit', 'retryable'],
      errorCatalogue.filter((entry) => entry.room === room).map(row),
    ),
  ]);
  return page('Errors', intro, sections);
}

function row({ code: name, message, next, exitCode, retryable }: CatalogueEntry): string[] {
  return [code(name), message, next, String(exitCode), retryable ? 'yes' : ''];
}
