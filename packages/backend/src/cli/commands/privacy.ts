/** `dmz privacy …`: what people can ask about their data, and when each must be answered. */

import { type Command, Option } from 'commander';
import { type Erasure, erasePerson, rehearseErasure } from '../../data-subjects/erase-person.ts';
import { exportPerson } from '../../data-subjects/export-person.ts';
import { archiveOfRequest } from '../../data-subjects/requested-export.ts';
import { resumeErasures } from '../../data-subjects/resume-erasures.ts';
import { rectifyPerson, restrictPerson } from '../../data-subjects/rights.ts';
import { askForExport } from '../../entry/ask-for-export.ts';
import { quoted, shownLine } from '../../kernel/errors/index.ts';
import { RECTIFIABLE, type Rectification, requirePerson } from '../../modules/auth/index.ts';
import { extendRequest, type RefusalGround, refuseRequest } from '../../modules/governance/index.ts';
import type { Platform } from '../../platform.ts';
import { optionErrors, required, uuidOf, wordOf } from '../options.ts';
import { printJson, printLine } from '../print-line.ts';
import { printTable } from '../print-table.ts';
import { startProgress } from '../progress.ts';
import { registeredTenants } from '../walk-tenants.ts';
import { withPlatform } from '../with-platform.ts';
import { requestsCommand } from './privacy-requests.ts';

interface Options {
  readonly tenant?: string;
  readonly user?: string;
  readonly out?: string;
  readonly later?: boolean;
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly lift?: boolean;
  readonly set?: Rectification;
  readonly json?: boolean;
}

export function privacyCommands(program: Command): void {
  const privacy = program
    .command('privacy')
    .description(
      'What people can ask about their data (GDPR Art. 15 to 20), and when each must be answered.',
    );
  requestsCommand(privacy);
  exportCommand(privacy);
  eraseCommand(privacy);
  resumeCommand(privacy);
  rectifyCommand(privacy);
  restrictCommand(privacy);
  refuseCommand(privacy);
  extendCommand(privacy);
}

const ofPerson = (command: Command): Command =>
  command
    .option('--tenant <slug>', 'the tenant that the person belongs to')
    .option('--user <id or address>', 'the person; once forgotten, by id alone')
    .option('--json', 'print one JSON object');

const personOf = ({ tenant, user }: Options) => ({
  tenant: required('--tenant', tenant),
  user: required('--user', user),
});

/** Runs work that can take long, with a line of progress. */
async function atWork<Result>(
  title: string,
  work: (platform: Platform, onStep: (line: string) => void) => Promise<Result>,
): Promise<Result> {
  const progress = startProgress(title);
  try {
    return await withPlatform((platform) => work(platform, (line) => progress.update(`${title}: ${line}`)));
  } finally {
    progress.stop();
  }
}

function exportCommand(privacy: Command): void {
  ofPerson(privacy.command('export'))
    .description('Write everything that there is of a person into a signed archive, as JSON and CSV.')
    .option('--out <file>', 'the archive, a ZIP; it must not be there yet')
    .option(
      '--later',
      'the person asks for it: whoever runs the queues writes it under .dmz/exports, and tells them',
    )
    .addHelpText(
      'after',
      '\nExample:\n  $ pnpm dmz privacy export --tenant acme --user player001@acme.example --out player001.zip',
    )
    .action(async (options: Options) => {
      if (options.later) return askLater(options);
      const request = { ...personOf(options), out: required('--out', options.out) };
      const made = await atWork('exporting', (platform, onStep) =>
        exportPerson(platform, { ...request, onStep }),
      );
      if (options.json) return printJson(made);
      printTable(
        ['table', 'rows', 'categories'],
        made.tables.map(({ name, rows, categories }) => [name, rows, categories.join(', ')]),
      );
      printLine(
        `${shownLine(made.file)}: ${made.bytes} bytes, SHA-256 ${made.sha256}, for request ${made.requestId}.`,
      );
    });
}

async function askLater(options: Options): Promise<void> {
  const { tenant, user } = personOf(options);
  const { tenantId, ...request } = await withPlatform((platform) =>
    platform.tenancy.run(tenant, async (tx) => {
      const { id: userId } = await requirePerson(tx, user);
      const { id: requestId } = await askForExport(tx, platform, userId);
      return { tenantId: tx.tenantId, userId, requestId };
    }),
  );
  const file = archiveOfRequest({ tenantId, userId: request.userId }, request.requestId);
  if (options.json) printJson({ ...request, file });
  else printLine(`Request ${request.requestId} is answered in ${file} by pnpm dmz queue run.`);
}

function eraseCommand(privacy: Command): void {
  ofPerson(privacy.command('erase'))
    .description('Forget a person: by the catalogue of personal data, with a signed certificate.')
    .option('--reason <text>', 'why, for the certificate and the audit log; without name or address')
    .option('--dry-run', 'erase nothing: show per table what would happen, and what is kept waiting by what')
    .addHelpText(
      'after',
      `
An erasure that was interrupted is finished by the same command, and by privacy resume. What a legal hold or a period of
retention keeps is named, stays until that is over, and is then erased by privacy resume.

Examples:
  $ pnpm dmz privacy erase --tenant acme --user player001@acme.example --dry-run
  $ pnpm dmz privacy erase --tenant acme --user player001@acme.example --reason "request 17"`,
    )
    .action(async (options: Options) => {
      const person = personOf(options);
      const reason = options.dryRun ? '' : required('--reason', options.reason);
      const erasure = await atWork('erasing', (platform, onStep) =>
        options.dryRun
          ? rehearseErasure(platform, person)
          : erasePerson(platform, { ...person, reason, onStep }),
      );
      if (options.json) printJson(erasure);
      else print(erasure);
    });
}

const ACTIONS = {
  delete_rows: 'delete the rows',
  change_columns: 'clear or replace',
  destroy_key: 'destroy the key to',
} as const;

function print({ status, userId, requestId, parts, certificate }: Erasure): void {
  if (parts.length > 0)
    printTable(
      ['table', 'rows', 'what happens', 'since it was kept for', 'kept waiting by'],
      parts.map(({ table, rows, action, columns, purposes, postponed }) => [
        table,
        rows,
        [ACTIONS[action], columns.join(', ')].filter(Boolean).join(' '),
        purposes.join('; '),
        postponed ? `${postponed.ground}${postponed.retryAt ? ` until ${day(postponed.retryAt)}` : ''}` : '',
      ]),
    );
  printLine(
    {
      planned: `${userId}: nothing was erased.`,
      postponed: `${userId}: what is kept waiting stays open as request ${requestId}.`,
      erased: `${userId} is forgotten, as certificate ${certificate?.id} says; key ${certificate?.signingKeyId}.`,
    }[status],
  );
}

const day = (time: Date) => time.toISOString().slice(0, 10);

function resumeCommand(privacy: Command): void {
  privacy
    .command('resume')
    .description('Go on with erasures that were interrupted, or that something kept waiting which is over.')
    .option('--tenant <slug>', 'one tenant; all of them by default')
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nFor a timer, such as once a day.\n\nExample:\n  $ pnpm dmz privacy resume')
    .action(async ({ tenant, json }: Options) => {
      const progress = startProgress('erasing');
      const resumed = await withPlatform(async (platform, postgres) => {
        const done = [];
        for (const slug of tenant === undefined ? await registeredTenants({ postgres }) : [tenant])
          for (const erasure of await resumeErasures(platform, slug, (line) => progress.update(line)))
            done.push({ tenant: slug, ...erasure });
        return done;
      }).finally(() => progress.stop());
      if (json) return printJson(resumed);
      printTable(
        ['tenant', 'person', 'request', 'state'],
        resumed.map((each) => [each.tenant, each.userId, each.requestId, each.status]),
      );
    });
}

function rectifyCommand(privacy: Command): void {
  ofPerson(privacy.command('rectify'))
    .description('Put right what is said of a person. What it said before is kept encrypted for them.')
    .addOption(
      new Option('--set <column=value>', `${RECTIFIABLE.join(', ')}; can be given several times`)
        .argParser(collectValue)
        .default({}, 'nothing'),
    )
    .addHelpText(
      'after',
      '\nExample:\n  $ pnpm dmz privacy rectify --tenant acme --user player001@acme.example --set familyName=Ng',
    )
    .action(async (options: Options) => {
      const done = await withPlatform((platform) =>
        rectifyPerson(platform, personOf(options), options.set ?? {}),
      );
      if (options.json) return printJson(done);
      printLine(`${done.userId}: ${done.changed.join(', ')} put right, as request ${done.requestId}.`);
    });
}

function collectValue(text: string, known: Rectification): Rectification {
  const [, name = '', value = ''] = /^([A-Za-z]+)=(.+)$/s.exec(text) ?? [];
  if (RECTIFIABLE.some((each) => each === name)) return { ...known, [name]: value };
  throw optionErrors.CLI_OPTION_INVALID({
    found: `--set ${quoted(text)}`,
    expected: `one of ${RECTIFIABLE.join(', ')}, then = and the value`,
  });
}

function restrictCommand(privacy: Command): void {
  ofPerson(privacy.command('restrict'))
    .description('Keep a person’s data and do not use it: no sign-in, no listing, no erasure.')
    .option('--lift', 'end the restriction')
    .addHelpText(
      'after',
      '\nExample:\n  $ pnpm dmz privacy restrict --tenant acme --user player001@acme.example',
    )
    .action(async (options: Options) => {
      const done = await withPlatform((platform) =>
        restrictPerson(platform, personOf(options), options.lift === true),
      );
      if (options.json) return printJson(done);
      const state = options.lift ? 'not restricted' : 'restricted';
      printLine(`${done.userId} is ${state}${done.changed ? '' : ' already'}.`);
    });
}

const REFUSALS: readonly RefusalGround[] = [
  'identity_unproven',
  'manifestly_unfounded',
  'excessive',
  'legal_obligation',
  'legal_claims',
];

interface AnswerOptions extends Options {
  readonly ground?: RefusalGround;
}

function refuseCommand(privacy: Command): void {
  privacy
    .command('refuse')
    .argument('<request>', 'id of the request', uuidOf('<request>'))
    .description('Refuse a request, with the ground that the law gives.')
    .option('--tenant <slug>', 'the tenant that the person belongs to')
    .option('--ground <code>', REFUSALS.join(', '), wordOf('--ground', REFUSALS))
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  $ pnpm dmz privacy refuse 019a4c8e-6c00-7000-8000-000000000001 --tenant acme --ground excessive',
    )
    .action(async (id: string, { tenant, ground, json }: AnswerOptions) => {
      const slug = required('--tenant', tenant);
      if (ground === undefined) throw optionErrors.CLI_OPTION_MISSING({ expected: '--ground' });
      await withPlatform(({ tenancy }) => tenancy.run(slug, (tx) => refuseRequest(tx, id, ground)));
      if (json) return printJson({ id, ground });
      printLine(`Request ${id} is refused: ${ground}. The person must be told why, and where to complain.`);
    });
}

function extendCommand(privacy: Command): void {
  privacy
    .command('extend')
    .argument('<request>', 'id of the request', uuidOf('<request>'))
    .description('Take two further months for a request that is complex (GDPR Art. 12(3)).')
    .option('--tenant <slug>', 'the tenant that the person belongs to')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  $ pnpm dmz privacy extend 019a4c8e-6c00-7000-8000-000000000001 --tenant acme',
    )
    .action(async (id: string, { tenant, json }: Options) => {
      const slug = required('--tenant', tenant);
      const until = await withPlatform(({ tenancy }) => tenancy.run(slug, (tx) => extendRequest(tx, id)));
      if (json) return printJson({ id, until });
      printLine(
        `Request ${id} is due by ${day(until)} now. The person must be told why within the first month.`,
      );
    });
}
