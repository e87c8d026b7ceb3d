import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { count, emailKey } from './event-fields.ts';
import { key, PERSONAL_SPECIMENS } from './impersonal.ts';

const define = (schema: z.ZodType) =>
  defineEvent('game.test.happened', { says: 'Something happened.', causedBy: [] }, { 1: schema });

const refusal = (found: RegExp) =>
  expect.objectContaining({
    code: 'GAME_EVENT_DEFINITION_REFUSED',
    found: expect.stringMatching(found),
    next: expect.stringContaining('event-fields.ts'),
  });

describe('an event type that could carry something about a person', () => {
  it.each<[string, z.ZodType, RegExp]>([
    ['free text', z.strictObject({ reason: z.string() }), /version 1, reason: free text; keep .* encrypted/],
    ['bounded text', z.strictObject({ reason: z.string().max(20) }), /reason: free text/],
    [
      'text of a form of its own',
      z.strictObject({ reason: z.string().regex(/^[A-Z]+$/) }),
      /reason: free text/,
    ],
    ['an e-mail address', z.strictObject({ sender: z.email() }), /sender: free text/],
    ['an address of a machine', z.strictObject({ source: z.ipv4() }), /source: free text/],
    ['text in a list', z.strictObject({ keys: z.array(z.string()).max(3) }), /keys\[\]: free text/],
    ['text that may be missing', z.strictObject({ why: z.string().nullable() }), /why: free text/],
    ['text deep inside', z.strictObject({ a: z.strictObject({ b: z.string() }) }), /a, b: free text/],
    ['a changed key', z.strictObject({ emailKey: emailKey.toUpperCase() }), /emailKey: a check/],
    ['unknown keys', z.object({ count }), /accepts unknown keys/],
    [
      'unknown keys inside',
      z.strictObject({ a: z.looseObject({ count }) }),
      /a: an object that accepts unknown/,
    ],
    ['keys of any kind', z.strictObject({ a: z.record(z.string(), count) }), /a: a value of the kind record/],
    ['anything', z.strictObject({ a: z.unknown() }), /a: a value of the kind unknown/],
    ['a date', z.strictObject({ a: z.date() }), /a: a value of the kind date/],
    ['a place', z.strictObject({ a: z.number() }), /a: a number that need not be an integer/],
    ['an endless list', z.strictObject({ a: z.array(count) }), /a: an endless list/],
    [
      'what a function makes of it',
      z.strictObject({ a: count.transform(String) }),
      /a: a value of the kind pipe/,
    ],
    ['what a function says of it', z.strictObject({ a: count.refine((n) => n > 1) }), /a: a check/],
  ])('is refused with %s', (_, schema, found) => {
    expect(() => define(schema)).toThrow(refusal(found));
  });

  it.each([
    'email',
    'senderEmail',
    'name',
    'displayName',
    'first_name',
    'ip',
    'clientIp',
    'phone',
    'homeAddress',
    'birthDate',
    'userId',
    'playerKey',
    'note',
    'latitude',
  ])('is refused with a field named %s, whatever it holds', (field) => {
    expect(() => define(z.strictObject({ [field]: count }))).toThrow(
      refusal(new RegExp(`a field named ${field}`)),
    );
  });

  it('is refused in each of its versions', () => {
    const later = {
      schema: z.strictObject({ why: z.string() }),
      change: 'Why.',
      upcast: () => ({ why: '' }),
    };
    expect(() =>
      defineEvent(
        'game.test.happened',
        { says: 'It did.', causedBy: [] },
        { 1: z.strictObject({}), 2: later },
      ),
    ).toThrow(refusal(/version 2, why: free text/));
  });
});

describe('a key', () => {
  it.each(PERSONAL_SPECIMENS)('cannot be declared so that it holds “%s”', (specimen) => {
    const literal = specimen.replaceAll(/[.+*?^$()[\]{}|\\]/g, '\\$&');
    expect(() => key(new RegExp(`^(a|${literal})$`), 80, 'anything')).toThrow(
      expect.objectContaining({ code: 'GAME_EVENT_DEFINITION_REFUSED' }),
    );
  });

  it('must say how it begins and ends', () => {
    expect(() => key(/^d\d/, 10, 'open')).toThrow(/not anchored/);
  });

  it('stays one when it is narrowed, described or optional', () => {
    const schema = z.strictObject({
      narrow: emailKey.max(7),
      described: emailKey.describe('another meaning'),
      missing: emailKey.optional(),
      none: emailKey.nullable(),
    });
    expect(define(schema).schema).toBe(schema);
  });
});
