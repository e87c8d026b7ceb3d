/**
 * Reads the messages of PostgreSQL's output plugin pgoutput (manual, 54.9 "Logical Replication Message Formats",
 * protocol version 1, values in binary). Values are not interpreted: the binary form that a source sends is the one that
 * COPY takes at the target, so no value can change on its way.
 */
import type { Lsn } from './lsn.ts';
import { Tuple } from './tuple.ts';

export interface Relation {
  readonly id: number;
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
}

export type Message =
  | { readonly kind: 'begin'; readonly commitLsn: Lsn }
  | { readonly kind: 'commit'; readonly endLsn: Lsn }
  | { readonly kind: 'relation'; readonly relation: Relation }
  | { readonly kind: 'insert'; readonly relationId: number; readonly row: Tuple }
  | {
      readonly kind: 'update';
      readonly relationId: number;
      /** The key before the change, where the change was of the key. */
      readonly oldKey: Tuple | undefined;
      readonly row: Tuple;
    }
  | { readonly kind: 'delete'; readonly relationId: number; readonly oldKey: Tuple }
  | { readonly kind: 'truncate' }
  | { readonly kind: 'message'; readonly prefix: string; readonly content: string }
  | { readonly kind: 'other' };

const KEY = 0x4b; // K
const OLD_ROW = 0x4f; // O

/** @param at  where the message begins */
export function readMessage(bytes: Buffer, at: number): Message {
  const reader = new Reader(bytes, at);
  switch (String.fromCharCode(reader.byte())) {
    case 'B':
      return { kind: 'begin', commitLsn: reader.long() };
    case 'C':
      reader.skip(1 + 8);
      return { kind: 'commit', endLsn: reader.long() };
    case 'R':
      return { kind: 'relation', relation: readRelation(reader) };
    case 'I':
      return { kind: 'insert', relationId: reader.int(), row: reader.skip(1).tuple() };
    case 'U':
      return readUpdate(reader);
    case 'D':
      return { kind: 'delete', relationId: reader.int(), oldKey: reader.skip(1).tuple() };
    case 'T':
      return { kind: 'truncate' };
    case 'M':
      reader.skip(1 + 8);
      return { kind: 'message', prefix: reader.text(), content: reader.sized().toString('utf8') };
    default:
      return { kind: 'other' };
  }
}

function readUpdate(reader: Reader): Message {
  const relationId = reader.int();
  const kind = reader.byte();
  const oldKey = kind === KEY || kind === OLD_ROW ? reader.tuple() : undefined;
  if (oldKey) reader.skip(1);
  return { kind: 'update', relationId, oldKey, row: reader.tuple() };
}

function readRelation(reader: Reader): Relation {
  const id = reader.int();
  const schema = reader.text();
  const name = reader.text();
  reader.skip(1);
  const columns = Array.from({ length: reader.short() }, () => {
    const column = reader.skip(1).text();
    reader.skip(4 + 4);
    return column;
  });
  return { id, schema, name, columns };
}

class Reader {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  skip(bytes: number): this {
    this.#at += bytes;
    return this;
  }

  byte(): number {
    this.#at += 1;
    return this.#bytes.readUInt8(this.#at - 1);
  }

  short(): number {
    this.#at += 2;
    return this.#bytes.readUInt16BE(this.#at - 2);
  }

  int(): number {
    this.#at += 4;
    return this.#bytes.readUInt32BE(this.#at - 4);
  }

  long(): bigint {
    this.#at += 8;
    return this.#bytes.readBigUInt64BE(this.#at - 8);
  }

  /** Up to a zero byte. */
  text(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    const text = this.#bytes.toString('utf8', this.#at, end);
    this.#at = end + 1;
    return text;
  }

  sized(): Buffer {
    const length = this.int();
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  tuple(): Tuple {
    const tuple = new Tuple(this.#bytes, this.#at);
    this.#at = tuple.end;
    return tuple;
  }
}
