/** `cli.md`: the help of every command, as the command line prints it. */
import type { Command } from 'commander';
import { page } from './markdown.ts';

const HELP_WIDTH = 100;

export function commandReference(program: Command): string {
  const intro =
    'Every command of `pnpm dmz`. Exit status 0 is done, 1 failed or found something, 2 wrong usage. With `--json` a ' +
    'command prints one JSON value on standard output and nothing else there.';
  const sections = leavesOf(program).flatMap((command) => [
    `## ${pathOf(command)}`,
    `\`\`\`\n${helpOf(command)}\n\`\`\``,
  ]);
  return page('Command line', intro, sections);
}

const leavesOf = (command: Command): Command[] =>
  command.commands.length === 0
    ? [command]
    : [...command.commands].sort((one, other) => (one.name() < other.name() ? -1 : 1)).flatMap(leavesOf);

const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

/** With what stands after the help too, which only printing gives; the width is a page's, not a terminal's. */
function helpOf(command: Command): string {
  let text = '';
  command
    .configureOutput({
      writeOut: (part) => {
        text += part;
      },
      getOutHelpWidth: () => HELP_WIDTH,
      getOutHasColors: () => false,
    })
    .outputHelp();
  return text.trimEnd();
}
