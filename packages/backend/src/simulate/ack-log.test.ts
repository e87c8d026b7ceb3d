import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Acknowledgement, openAckLog } from './ack-log.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ack-log-'));
  file = path.join(folder, 'acks.ndjson');
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const acknowledgement = (): Acknowledgement => ({
  tenantId: uuidv7(),
  sessionId: uuidv7(),
  actionId: uuidv7(),
  firstSequence: 1,
  lastSequence: 3,
  eventsSha256: 'a'.repeat(64),
  acknowledgedAt: new Date().toISOString(),
});

function append(...acknowledgements: Acknowledgement[]): void {
  const log = openAckLog(file);
  for (const each of acknowledgements) log.append(each);
  log.close();
}
const written = () => fs.readFileSync(file, 'utf8');

describe('the log of acknowledgements', () => {
  it('closes no file of somebody else where it is closed again', () => {
    const log = openAckLog(file);
    log.close();
    const next = fs.openSync(file, 'r');
    log.close();
    expect(fs.fstatSync(next).size).toBe(0);
    fs.closeSync(next);
  });

  it('has each line in the file as soon as it is appended, and goes on where another run ended', () => {
    const [one, other] = [acknowledgement(), acknowledgement()];
    const log = openAckLog(file);
    log.append(one);
    expect(written()).toBe(`${JSON.stringify(one)}\n`);
    log.close();
    append(other);
    expect(
      written()
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([one, other]);
  });

  it('cuts off what a killed writer left unfinished, wherever it was cut', () => {
    const whole = `${JSON.stringify(acknowledgement())}\n`;
    for (const length of [1, 8, 12, 100, whole.length - 1]) {
      fs.writeFileSync(file, whole + whole.slice(0, length));
      append();
      expect(written()).toBe(whole);
    }
  });

  it.each([
    ['a text', 'not a log at all\n'],
    ['a text without a line feed', 'x'.repeat(5_000)],
    ['other JSON', '{"name": "archive-gate"}\n'],
    ['binary', '\0\x01\x02\n\xff'],
  ])('leaves a file alone that is %s', (_, content) => {
    fs.writeFileSync(file, content, 'latin1');
    expect(() => openAckLog(file)).toThrow(expect.objectContaining({ code: 'SIMULATION_ACK_LOG_UNUSABLE' }));
    expect(fs.readFileSync(file, 'latin1')).toBe(content);
  });

  it.skipIf(!fs.existsSync('/dev/full'))('says when there is no room, and keeps no half line', () => {
    const log = openAckLog('/dev/full');
    expect(() => log.append(acknowledgement())).toThrow(
      expect.objectContaining({ code: 'SIMULATION_ACK_LOG_FAILED', found: '/dev/full: ENOSPC' }),
    );
    log.close();
  });
});
