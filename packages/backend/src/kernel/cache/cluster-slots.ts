/**
 * Which node of a cluster has a key: by the cluster's own rule (Redis cluster specification, “Key distribution model”), and
 * by the map that each node has of it.
 */
import type { Redis } from 'ioredis';
import { z } from 'zod';

const SLOTS = 16_384;

export interface ClusterNode {
  readonly host: string;
  readonly port: number;
}

export interface SlotRange {
  readonly first: number;
  readonly last: number;
  readonly node: ClusterNode;
  /** The node's own name in the cluster. */
  readonly nodeId: string;
}

/** Only what is within the first braces counts, so keys with one tag have one slot. */
export function slotOf(key: string): number {
  const open = key.indexOf('{');
  const close = key.indexOf('}', open + 1);
  const counted = open >= 0 && close > open + 1 ? key.slice(open + 1, close) : key;
  return crc16(Buffer.from(counted)) % SLOTS;
}

/** CRC-16/XMODEM. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc;
}

const Answer = z.array(
  z
    .tuple([z.number(), z.number()])
    .rest(z.tuple([z.string().nullable(), z.number(), z.string()]).rest(z.unknown())),
);

/** @param asked  the node that is asked, which may not know its own address */
export async function readSlots(client: Redis, asked: ClusterNode): Promise<readonly SlotRange[]> {
  const answer = Answer.parse(await client.cluster('SLOTS'));
  return answer.flatMap(([first, last, master]) => {
    if (!master) return [];
    const [host, port, nodeId] = master;
    return [{ first, last, node: { host: host || asked.host, port }, nodeId }];
  });
}
