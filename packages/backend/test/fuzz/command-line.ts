/**
 * Every command with the places at which a value is given to it, walked from the program itself, and how each is called
 * soundly, so that one hostile value reaches what stands behind the first check.
 */
import type { Command } from 'commander';
import { buildProgram } from '../../src/cli/main.ts';
import { OTHER_TENANT, SERIAL, TENANT, type World } from './world.ts';

export interface FuzzedCommand {
  /** Such as `session events`. */
  readonly name: string;
  readonly places: readonly Place[];
  readonly hasJson: boolean;
  /** Whether it is read only, and not run: see `ONLY_READ`. */
  readonly onlyRead: boolean;
}

export interface Place {
  /** `<id>` or `--tenant`. */
  readonly name: string;
  readonly isOption: boolean;
  readonly isRequired: boolean;
}

export function findCommands(
  command: Command = buildProgram(),
  path: readonly string[] = [],
): FuzzedCommand[] {
  const inner = command.commands.flatMap((each) => findCommands(each, [...path, each.name()]));
  return isRunnable(command) && path.length > 0
    ? [describeCommand(command, path.join(' ')), ...inner]
    : inner;
}

/** Commander keeps what a command does to itself. */
const isRunnable = (command: Command) => Boolean(Reflect.get(command, '_actionHandler'));

function describeCommand(command: Command, name: string): FuzzedCommand {
  const args = command.registeredArguments.map((each) => ({
    ...{ name: `<${each.name()}>`, isOption: false, isRequired: each.required },
  }));
  const options = command.options
    .filter(({ required, optional }) => required || optional)
    .map(({ long, short }) => ({ name: long ?? short ?? '', isOption: true, isRequired: false }));
  const hasJson = command.options.some(({ long }) => long === '--json');
  return { name, places: [...args, ...options], hasJson, onlyRead: name in ONLY_READ };
}

const WRITES_FILES = 'writes files of the repository';
const SERVES = 'goes on until somebody ends it';

/** Their values are read, and then a second mistake keeps them from being run. */
export const ONLY_READ: Readonly<Record<string, string>> = {
  start: 'starts servers, and plays',
  play: 'wants a terminal',
  'stack up': 'starts servers',
  'stack down': 'stops servers',
  'db generate': WRITES_FILES,
  'db accept': WRITES_FILES,
  'db snapshot': WRITES_FILES,
  'docs generate': WRITES_FILES,
  'events release': WRITES_FILES,
  'db seed': 'fills the database for seconds, which the tests of it do',
  'consumers run': SERVES,
  'queue run': SERVES,
};

type Values = Readonly<Record<string, string>>;

/** What a place is given everywhere, unless a command is given something else; a place that has none here is left out. */
const everywhere = ({ person }: World, folder: string): Values => ({
  ...{
    '--tenant': TENANT,
    '<tenant>': TENANT,
    '<slug>': TENANT,
    '<file>': `${folder}/nothing`,
    '<name>': 'no_such_name',
  },
  ...{
    '--out': `${folder}/out`,
    '--user': person.email,
    '--reason': 'duplicate',
    '--to': '9',
    '--from': '1',
  },
  ...{
    '<log>': 'game.events',
    '<month>': '1990-01',
    '<serial>': SERIAL,
    '<from>': '1',
    '<to>': '9',
    '<sequence>': '3',
  },
});

/** @param folder  where files may be written */
export function soundValues(command: string, world: World, folder: string): Values {
  const [first = ''] = command.split(' ');
  const ids: Values = { session: world.session, records: world.completion, queue: world.job.id };
  const own: Readonly<Record<string, Values>> = {
    'break-glass grant': {
      ...{
        '--operator': world.otherPerson,
        '--reason': 'incident',
        '--ticket': 'INC-1',
        '--scope': 'game.sessions.read',
      },
      '--approved-by': world.person.id,
    },
    'break-glass end': { '<grant>': world.grant },
    'records show': { '<table>': 'training.completions' },
    'records invalidate': { '<table>': 'training.completions' },
    'privacy refuse': { '<request>': world.request, '--ground': 'excessive' },
    'privacy extend': { '<request>': world.request },
    'privacy rectify': { '--set': 'displayName=A B' },
    'privacy erase': { '--user': 'nobody@small-company.example' },
    'queue retry': { '<job>': world.job.id },
    'session correct': { '--credits': '1', '--reason': 'wrong_scoring' },
    'session branch': { '--at': '1' },
    'webhook add': {
      ...{ '--name': 'added', '--url': 'https://hooks.example/', '--events': 'game.day.ended' },
    },
    'webhook set': { '--name': 'receiver', '--status': 'paused' },
    // One group of attempts: the tests of it try all of them.
    'isolation attack': { '--from': TENANT, '--against': OTHER_TENANT, '--only': 'views' },
    'audit prove': { '--entry': world.entry },
    simulate: { '--players': '1', '--actions': '2' },
    'simulate run': { '--players': '1', '--actions': '2' },
    'instance add': { '--region': 'eu', '--url': 'postgresql://nobody@127.0.0.1:1/nothing' },
    'instance check': { '<name>': 'no-such-instance' },
    'tenant create': {
      '--slug': 'fuzzed',
      '--name': 'F',
      '--plan': 'starter',
      '--seats': '20',
      '--region': 'eu',
    },
    'tenant move': { '<slug>': 'no-such-tenant' },
    'tenant delete': { '<slug>': TENANT, '--reason': 'the end' },
    'migrate up': { '--to': 'no_such_migration' },
    'migrate backfill': { '<name>': 'no_such_migration' },
  };
  return { ...everywhere(world, folder), '<id>': ids[first] ?? world.session, ...own[command] };
}

/** @param joined  whether an option is written with its value in one word */
export function argvOf(
  { name, places }: FuzzedCommand,
  values: Values,
  { hostileAt, joined }: { readonly hostileAt?: string | undefined; readonly joined: boolean },
): string[] {
  const given = places.filter(
    (place) => place.name in values || place.name === hostileAt || place.isRequired,
  );
  const options = given.filter(({ isOption }) => isOption);
  const args = given.filter(({ isOption }) => !isOption);
  return [
    ...name.split(' '),
    ...options.flatMap(({ name: option }) => {
      const value = values[option] ?? '';
      return joined ? [`${option}=${value}`] : [option, value];
    }),
    ...(joined ? ['--'] : []),
    ...args.map((place) => values[place.name] ?? ''),
  ];
}
